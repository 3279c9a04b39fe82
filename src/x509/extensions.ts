/** Extensions: located when the object is read, each decoded on first use and kept. */
import { SharedValues } from '../der/shared-values.js';
import { DerReader, contentOf } from '../der/reader.js';
import { Tag, contextConstructed } from '../der/tag.js';
import { decodeBoolean, decodeObjectIdentifier } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';

/**
 *     Extension ::= SEQUENCE {
 *         extnID     OBJECT IDENTIFIER,
 *         critical   BOOLEAN DEFAULT FALSE,
 *         extnValue  OCTET STRING }
 */
export interface Extension {
  /** Dotted OID. */
  readonly extnID: string;
  readonly critical: boolean;
  /** The DER inside the OCTET STRING, a view. */
  readonly extnValue: Uint8Array;
  /** Where extnValue starts, in bytes from the start of the certificate or CRL. */
  readonly offset: number;
}

/** Ties an OID to the decoder of its value; one constant per extension in `extensions/`. */
export interface ExtensionType<T> {
  readonly extnID: string;
  /** The name that the RFC gives it. */
  readonly name: string;
  /** Decodes extnValue. @throws MalformedInputError with offsets from the start of extnValue. */
  readonly decode: (extnValue: Uint8Array) => T;
}

export class Extensions {
  static readonly none = new Extensions([]);
  /** By the place in the list. */
  private readonly decoded: ({ readonly value: unknown } | undefined)[] = [];
  private judged: Judgement | undefined;

  constructor(readonly list: readonly Extension[]) {}

  find(extnID: string): Extension | undefined {
    return this.list[this.placeOf(extnID)];
  }

  /** -1 where it is absent. */
  private placeOf(extnID: string): number {
    for (let place = 0; place < this.list.length; place++) if (this.list[place]?.extnID === extnID) return place;
    return -1;
  }

  has(type: ExtensionType<unknown>): boolean {
    return this.find(type.extnID) !== undefined;
  }

  /**
   * The decoded value, or undefined when the extension is absent. Of an extension that stands twice, against RFC 5280
   * 4.2, the first counts. @throws MalformedInputError with the offset from the start of the certificate or CRL.
   */
  get<T>(type: ExtensionType<T>): T | undefined {
    const place = this.placeOf(type.extnID);
    const extension = this.list[place];
    if (!extension) return undefined;
    const known = this.decoded[place] as { readonly value: T } | undefined;
    if (known) return known.value;
    const value = decodeExtension(type, extension);
    this.decoded[place] = { value };
    return value;
  }

  /**
   * The errors among these types, looked for the first time only: extensions never change. Kept here and not in a WeakMap,
   * which costs more to search and to collect than thousands of certificates to judge.
   */
  errorsAmong(
    known: readonly ExtensionType<unknown>[],
    find: () => readonly MalformedInputError[],
  ): readonly MalformedInputError[] {
    if (this.judged?.known !== known) this.judged = { known, errors: find() };
    return this.judged.errors;
  }
}

/** What is wrong among the extensions of some types. */
interface Judgement {
  readonly known: readonly ExtensionType<unknown>[];
  readonly errors: readonly MalformedInputError[];
}

/** By the type of the extension. */
const shared = new Map<ExtensionType<unknown>, SharedValues<unknown>>();

function decodeExtension<T>(type: ExtensionType<T>, { extnValue, offset }: Extension): T {
  let values = shared.get(type) as SharedValues<T> | undefined;
  if (!values) {
    values = new SharedValues<T>();
    shared.set(type, values);
  }
  try {
    return values.get(extnValue, 0, extnValue.length, type.decode);
  } catch (error) {
    throw error instanceof MalformedInputError ? error.within(offset, `${type.name}: ${error.detail}`) : error;
  }
}

/**
 * Reads `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension` (RFC 5280 4.2, 5.2, 5.3). Deviation: an explicit
 * `critical FALSE` is accepted although DER leaves defaults out; certificates in use have it and OpenSSL reads it.
 */
export function readExtensions(reader: DerReader): Extensions {
  const sequence = DerReader.within(reader.read(Tag.sequence, 'extensions'));
  const list: Extension[] = [];
  do {
    const fields = DerReader.within(sequence.read(Tag.sequence, 'Extension'));
    const extnID = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'extnID'));
    const critical = fields.readOptional(Tag.boolean);
    const value = fields.read(Tag.octetString, 'extnValue');
    fields.finish('Extension');
    const isCritical = critical !== undefined && decodeBoolean(critical);
    list.push({ extnID, critical: isCritical, extnValue: contentOf(value), offset: value.contentStart });
  } while (!sequence.atEnd);
  return new Extensions(list);
}

/** Reads the `[number] EXPLICIT Extensions` of a certificate or CRL, or none. */
export function readOptionalExtensions(reader: DerReader, number: number): Extensions {
  const element = reader.readOptional(contextConstructed(number));
  if (!element) return Extensions.none;
  const inner = DerReader.within(element);
  const extensions = readExtensions(inner);
  inner.finish('extensions');
  return extensions;
}
