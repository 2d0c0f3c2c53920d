// Programs of this process share one grpc-js, and grpc-js shares connections by address, failed ones
// too. Each run of the CLI listens on new ports; when one of them was that of an earlier run, the SDK
// finds the dead connection, and a program that fails meanwhile loses its message to "14 UNAVAILABLE:
// No connection established. Last error: null". Here every channel has connections of its own. A
// program that the CLI starts is a process of its own and cannot meet this.

import { getSubchannelPool, SubchannelPool } from "@grpc/grpc-js/build/src/subchannel-pool";

const sharedPool = getSubchannelPool(true);
sharedPool.getOrCreateSubchannel = (...subchannel) =>
  new SubchannelPool().getOrCreateSubchannel(...subchannel);
