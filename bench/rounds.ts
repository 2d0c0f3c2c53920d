/** What was measured of each contender, round by round. */
export type Samples<Name extends string, Sample> = Readonly<Record<Name, readonly Sample[]>>;

/**
 * Measures each contender once a round, forwards in one round and backwards in the next (ABBA), so
 * that a machine that grows faster or slower meanwhile favours nobody.
 */
export async function inRounds<Name extends string, Sample>(
  rounds: number,
  names: readonly Name[],
  measure: (name: Name) => Promise<Sample>,
): Promise<Samples<Name, Sample>> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<
    Name,
    Sample[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      samples[name].push(await measure(name));
    }
  }
  return samples;
}

/** One number of each sample. */
export function column<Sample>(samples: readonly Sample[], pick: (sample: Sample) => number) {
  return samples.map(pick);
}
