/** BER through asn1js as a plain tree, for PKCS#7 and PKCS#12 that are not DER: Windows and streaming writers make them. */
import type { BaseBlock } from 'asn1js';

export interface BerNode {
  /** 1 universal, 3 context-specific. */
  readonly tagClass: number;
  readonly tagNumber: number;
  /** The whole encoding, a view. */
  readonly encoding: Uint8Array;
  /** The elements of a constructed value. */
  readonly children: readonly BerNode[];
  /** The content of a primitive value. */
  readonly content: Uint8Array;
}

/**
 * asn1js stops at 10,000 elements and 16 MB by default, against hostile input; a PKCS#12 of a whole trust store (150
 * certificates of some 100 elements) needs more. An element costs it about 1 kB of memory: a million is bearable.
 */
const limits = { maxNodes: 1_000_000, maxContentLength: 1_073_741_824, parseEmbedded: false } as const;

/** One BER element as a block of asn1js, the way pkijs wants its schemas; undefined when it is none or ends early. */
export async function parseBlock(bytes: Uint8Array): Promise<BaseBlock | undefined> {
  const { fromBER } = await import('asn1js');
  const { offset, result } = fromBER(bytes, limits);
  return offset === -1 ? undefined : result;
}

function toNode(block: BaseBlock): BerNode {
  const value = block.valueBlock as { value?: BaseBlock[]; valueHexView?: Uint8Array };
  return {
    tagClass: block.idBlock.tagClass,
    tagNumber: block.idBlock.tagNumber,
    encoding: block.valueBeforeDecodeView,
    // The arcs of an OBJECT IDENTIFIER stand in `value` too.
    children: block.idBlock.isConstructed ? (value.value ?? []).map(toNode) : [],
    content: value.valueHexView ?? new Uint8Array(),
  };
}

/** One BER element with all that is in it; undefined when it is none or ends early. */
export async function parseBER(bytes: Uint8Array): Promise<BerNode | undefined> {
  const block = await parseBlock(bytes);
  return block && toNode(block);
}

/** The octets of a string, its pieces joined where it is constructed (X.690 8.7.3). */
export function octetsOf(node: BerNode): Uint8Array {
  return node.children.length > 0 ? Buffer.concat(node.children.map(octetsOf)) : node.content;
}
