// What the benchmark and the processes it measures tell each other, as JSON.

/** Where the simulator listens, and the key it accepts. */
export interface Service {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** What a measured process is to do; given as its first argument. */
export type Task =
  | {
      readonly kind: "pages";
      readonly service: Service;
      readonly warmUp: number;
      readonly pages: number;
    }
  | { readonly kind: "start"; readonly service: Service }
  | {
      readonly kind: "memory";
      readonly service: Service;
      /** After how many pages to look at the heap; the last ends the reading. */
      readonly looks: readonly number[];
    };

/** CPU and time of the pages after the warm-up. */
export interface PagesResult {
  readonly cpuMsPerPage: number;
  readonly wallMsPerPage: number;
}

/** CPU from the start of the process to the first backup. The time is taken outside. */
export interface StartResult {
  readonly cpuMs: number;
}

/** Memory in MiB. */
export interface MemoryResult {
  /** What is reachable, at each look. */
  readonly heap: readonly number[];
  /** The most the process ever had. */
  readonly peak: number;
}
