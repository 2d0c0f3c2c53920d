import type { Connection } from "../settings/connection";
import { systemClock, type Clock } from "./clock";
import { createIdentitySource } from "./credentials";
import { openApiTransport } from "./deferred";
import { askedAs, type IdentitySource } from "./identity";
import { laneFor } from "./lane";
import type { ListKind } from "./listKind";
import { parsePage, type UnreadPage } from "./page";
import { createRequester, type CallContext } from "./requester";
import type { Transport } from "./transport";
import { createUndiciTransport } from "./undiciTransport";

/** Parameters of a list call as they go over the wire, without the token. */
export type WireQuery = Readonly<Record<string, string>>;

/** What the service can be asked; everything above this interface is free of HTTP and of clouds. */
export interface BackupsApi {
  /** Tells services, and those as whom they are asked, apart; without a secret in it. */
  readonly key: string;
  /** Returns when it is one's turn to send a request; rejects with the signal's reason before. */
  turn(signal: AbortSignal | undefined): Promise<void>;
  /** One page of a list. */
  list<Row>(
    kind: ListKind<Row>,
    query: WireQuery,
    token: string | undefined,
    pageNumber: number,
    context: CallContext,
  ): Promise<UnreadPage<Row>>;
  /** Who was asked, as whom: a sentence for messages. */
  asked(): Promise<string>;
}

const userAgent = `pulumi-computenest Node.js/${process.versions.node}`;

const identitySources = new Map<string, IdentitySource>();

/** One source for all calls with equal credentials from one place: no role is assumed for each call. */
function sharedIdentities({ credentials }: Connection): IdentitySource {
  const plan = JSON.stringify(credentials);
  const source = identitySources.get(plan) ?? createIdentitySource(credentials);
  identitySources.set(plan, source);
  return source;
}

function createTransport(
  connection: Connection,
  identities: IdentitySource,
  clock: Clock,
): Transport {
  return connection.transport === "openapi-client"
    ? openApiTransport().createOpenApiTransport(connection, identities, userAgent)
    : createUndiciTransport(connection, identities, clock, userAgent);
}

const apis = new WeakMap<Connection, BackupsApi>();

/** The service at the end of a connection. */
export function backupsApiOf(connection: Connection): BackupsApi {
  const api = apis.get(connection) ?? createBackupsApi(connection, systemClock);
  apis.set(connection, api);
  return api;
}

/** The service at the end of a connection, by any clock. */
export function createBackupsApi(connection: Connection, clock: Clock): BackupsApi {
  const identities = sharedIdentities(connection);
  const transport = createTransport(connection, identities, clock);
  const key = `${connection.endpoint.origin} ${identities.key}`;
  const lane = laneFor(key, clock);
  const request = createRequester({ connection, transport, identities, lane, clock });
  return {
    key,
    turn: (signal) => lane.run(() => Promise.resolve(), signal),
    async list(kind, query, token, pageNumber, context) {
      const parameters = token === undefined ? query : { ...query, NextToken: token };
      const answer = await request({ action: kind.action, query: parameters }, context);
      return parsePage(kind, answer, pageNumber);
    },
    async asked() {
      return askedAs(connection, await identities.current());
    },
  };
}
