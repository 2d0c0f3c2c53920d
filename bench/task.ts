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
      /** After how many pages to look at the memory; the last ends the reading. */
      readonly looks: readonly number[];
    }
  | { readonly kind: "list"; readonly service: Service }
  | {
      readonly kind: "lookups";
      readonly service: Service;
      /** Ids of the service instances, each of which is looked up for itself. */
      readonly instances: readonly string[];
    }
  | { readonly kind: "load" };

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
  /** What is reachable, at each look: on the heap and outside of it. */
  readonly reachable: readonly number[];
  /** The most the process ever had. */
  readonly peak: number;
}

/** What a list that is held takes, in MiB. */
export interface ListResult {
  readonly held: number;
  readonly peak: number;
}

/** Time and CPU of something that is done once. */
export interface OnceResult {
  readonly wallMs: number;
  readonly cpuMs: number;
}
