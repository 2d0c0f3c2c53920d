// The text of a body, which may be packed.

import { isAscii, isUtf8, transcode } from "node:buffer";
import { gunzip, inflate, brotliDecompress } from "node:zlib";
import { promisify } from "node:util";
import { maxBodyBytes, tooLarge, TransportError } from "./transport";

const decoders = new Map<string, (data: Buffer, options: object) => Promise<Buffer>>([
  ["gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
]);

/** V8's own decoder takes five times as long for text that is not all ASCII. */
function decode(data: Buffer): string {
  if (isAscii(data) || !isUtf8(data)) return data.toString("utf8");
  return transcode(data, "utf8", "utf16le").toString("utf16le");
}

/** The text of a body that came with this `content-encoding`; never more than the cap. */
export async function unpack(data: Buffer, encoding: string | undefined): Promise<string> {
  if (encoding === undefined || encoding === "identity") return decode(data);
  const decoder = decoders.get(encoding);
  if (decoder === undefined) {
    throw new TransportError(`the answer is packed as ${JSON.stringify(encoding)}`, {
      retryable: false,
    });
  }
  try {
    return decode(await decoder(data, { maxOutputLength: maxBodyBytes }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new TransportError("the packed answer is damaged", { retryable: true, cause: error });
  }
}
