import { ConfigurationError, InvalidArgumentError } from "../errors";
import type { Reader, Reporter } from "../reader";
import type { ServiceRegion } from "../settings/region";
import type * as configurationModule from "./configuration";
import type * as coreModule from "./core";
import type * as engineLogModule from "./engineLog";
import { configuration, core, engineLog } from "./deferred";
import { CancelledError } from "./statusOf";

/** Prepares a reader for a region, if one was named. */
export type ReaderFor = (region: ServiceRegion | undefined) => Reader;

/** What a plugin remembers between the engine's calls. */
export class Session {
  #engineAddress: string | undefined;
  #log: engineLogModule.EngineLog | undefined;
  #configuration: configurationModule.Configuration | undefined;
  #isShell = false;
  #running = new AbortController();
  #gates: coreModule.Gates | undefined;

  /** From now on messages go to the engine at this address. */
  connect(engineAddress: string): void {
    this.#engineAddress = engineAddress;
    this.#log = undefined;
  }

  /** Checks a configuration: throws a ConfigurationError for one that cannot be used. */
  checkConfiguration(sent: object): void {
    configuration().readConfiguration(sent);
  }

  /** A configuration as the engine is to keep it. */
  withSecrets(sent: object): object {
    return configuration().withSecrets(sent);
  }

  /** Takes the configuration of a provider; `pulumi do` has one without a name. */
  configure(sent: object, providerName: string | undefined): void {
    this.#isShell = !providerName;
    this.#configuration = configuration().readConfiguration(sent);
  }

  /** The gates of the run. */
  get gates(): coreModule.Gates {
    this.#gates ??= new (core().Gates)();
    return this.#gates;
  }

  /** Does something that the engine may cancel; the readers it prepares end with that. */
  async run<T>(
    urn: string,
    work: (readerFor: ReaderFor, reporter: Reporter) => Promise<T>,
  ): Promise<T> {
    if (this.#configuration?.hasUnknowns === true) {
      throw new ConfigurationError("The provider's configuration is not known yet.");
    }
    const layer = this.#configuration?.layer;
    const { signal } = this.#running;
    const log = (this.#log ??= engineLog().engineLog(this.#engineAddress));
    const told = log.about(urn);
    // `pulumi do` prints status lines where it prints its result.
    const reporter = this.#isShell ? { ...told, progress: () => undefined } : told;
    return work((region) => core().readerOf({ layer, signal, reporter }, region), reporter)
      .catch((error: unknown) => {
        throw signal.aborted ? new CancelledError() : error;
      })
      .finally(log.delivered);
  }

  /** Answers a function. */
  async invoke(
    token: string,
    call: Omit<
      Parameters<NonNullable<ReturnType<typeof coreModule.functions.get>>>[0],
      "readerFor"
    >,
  ): Promise<object> {
    const { functions } = core();
    const answer = functions.get(token);
    if (answer === undefined) {
      const known = [...functions.keys()].join(", ");
      const reason = `is no function of this package (it has ${known})`;
      throw new InvalidArgumentError("computenest", [{ property: token, reason }]);
    }
    return this.run("", (readerFor) => answer({ ...call, readerFor }));
  }

  /** Ends all that is being done; what comes later is done as ever. */
  cancel(): void {
    this.#running.abort(new CancelledError());
    this.#running = new AbortController();
    this.#gates?.clear();
  }
}
