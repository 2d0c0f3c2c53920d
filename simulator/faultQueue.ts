import type {
  ContentFault,
  DateFault,
  DeliveryFault,
  EncodingFault,
  Fault,
  Faults,
  RefusalFault,
} from "./faults";

/** What a request is told apart by. */
export interface FaultSubject {
  readonly action: string;
  readonly page: number | undefined;
}

/** The faults that strike one request. */
export interface Strike {
  readonly outcome: RefusalFault | DeliveryFault | undefined;
  /** Takes the content fault; asked only when there is a good answer to spoil. */
  readonly content: () => ContentFault | undefined;
  readonly date: DateFault | undefined;
  readonly gzip: boolean;
}

const contentKinds = ["page", "repeatToken", "tokenCycle", "endlessEmptyPages", "duplicateRow"];

interface Queued {
  readonly fault: Fault;
  left: number;
  seen: number;
}

/** Creates a queue of faults, and the way the server takes from it. */
export function createFaults(first: readonly Fault[]): {
  readonly faults: Faults;
  readonly strike: (subject: FaultSubject) => Strike;
} {
  let queue: Queued[] = [];
  const faults: Faults = {
    add(...added) {
      queue.push(...added.map((fault) => ({ fault, left: fault.times ?? 1, seen: 0 })));
    },
    clear() {
      queue = [];
    },
    get pending() {
      return queue.map(({ fault }) => fault);
    },
  };
  faults.add(...first);

  function take<Kind extends Fault>(
    due: readonly Queued[],
    isKind: (fault: Fault) => fault is Kind,
  ): Kind | undefined {
    for (const queued of due) {
      if (queued.left > 0 && isKind(queued.fault)) {
        queued.left -= 1;
        queue = queue.filter(({ left }) => left > 0);
        return queued.fault;
      }
    }
    return undefined;
  }

  return {
    faults,
    strike(subject) {
      const due = queue.filter((queued) => isDue(queued, subject));
      return {
        outcome: take(due, isOutcome),
        content: () => take(due, isContent),
        date: take(due, isDate),
        gzip: take(due, isGzip) !== undefined,
      };
    },
  };
}

function isDue(queued: Queued, subject: FaultSubject): boolean {
  const { action, page, request = 1 } = queued.fault.on ?? {};
  if (action !== undefined && action !== subject.action) return false;
  if (page !== undefined && page !== subject.page) return false;
  queued.seen += 1;
  return queued.seen >= request;
}

function isContent(fault: Fault): fault is ContentFault {
  return contentKinds.includes(fault.kind);
}

function isDate(fault: Fault): fault is DateFault {
  return fault.kind === "noDate" || fault.kind === "wrongDate";
}

function isGzip(fault: Fault): fault is EncodingFault {
  return fault.kind === "gzip";
}

function isOutcome(fault: Fault): fault is RefusalFault | DeliveryFault {
  return !isContent(fault) && !isDate(fault) && !isGzip(fault);
}
