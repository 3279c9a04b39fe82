/**
 * Reads the configuration of a SIP Endpoint SDK application: the connections of the container `Basic` and the section
 * `security` of the container `Genesys`. Loaded only when an XML document turns up.
 *
 * A document type is refused before the parser sees it, so that neither entities of its own nor external ones can come
 * into play; whatever the parser complains of, however mildly, makes the document unread.
 */
import { DOMParser, ParseError, type Document, type Element } from '@xmldom/xmldom';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding, Origin } from '../../finding/finding.js';
import type { Setting, SettingsSource, SIPSetting } from '../setting.js';

const endpointNamespace = 'http://schemas.genesyslab.com/2009/sipendpoint';
const settingsNamespace = 'http://www.genesyslab.com/sip';

/** The vendor's own configuration has some 20,000 characters. */
const largestDocument = 1 << 20;

/** The parser lists every element that was not closed; the first few say what is wrong. */
const longestDetail = 160;

/** True where a document type declaration stands before the root element, the only place it may stand at. */
function hasDoctype(text: string): boolean {
  const beforeRoot = /^\uFEFF?(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(text)?.[0] ?? '';
  return /^<!doctype/i.test(text.slice(beforeRoot.length));
}

interface Complaint {
  readonly line: number | undefined;
  readonly detail: string;
}

function shorten(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}

/** The document, or the first thing that the parser has to say against it, where it is stopped. */
function parse(text: string): Document | Complaint {
  let complaint: Complaint | undefined;
  const parser = new DOMParser({
    onError: (_level, message, context: { readonly locator?: { readonly lineNumber?: number } } | undefined) => {
      complaint ??= { line: context?.locator?.lineNumber, detail: shorten(message) };
      throw new ParseError(message);
    },
  });
  try {
    return parser.parseFromString(text, 'text/xml');
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return complaint ?? { line: undefined, detail: shorten(error.message) };
  }
}

/** The child elements of this local name, in document order. */
function select(parent: Element, name: string): Element[] {
  const found: Element[] = [];
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === child.ELEMENT_NODE && child.localName === name) found.push(child as Element);
  }
  return found;
}

/** Takes the settings of one document, and says what in it is not as the vendor's documents are. */
class EndpointReader {
  readonly settings: Setting[] = [];
  readonly sip: SIPSetting[] = [];
  readonly findings: Finding[] = [];

  constructor(private readonly file: string) {}

  read(root: Element): void {
    for (const container of this.selectNamed(root, 'Container', 'Basic')) {
      for (const connection of select(container, 'Connectivity')) this.readConnection(connection);
    }
    for (const container of this.selectNamed(root, 'Container', 'Genesys')) {
      for (const settings of select(container, 'settings')) this.readSettings(settings);
    }
  }

  expectNamespace(element: Element, expected: string): void {
    const namespace = element.namespaceURI ?? '';
    if (namespace === expected) return;
    const params = { element: element.localName ?? '', namespace, expected };
    const subject = { kind: 'option', name: params.element } as const;
    this.findings.push(createFinding('option/endpoint-namespace', subject, params, { origin: this.originOf(element) }));
  }

  /** Elements of exactly this `name`; one in another case is unread, which is said. */
  private selectNamed(parent: Element, element: string, right: string): Element[] {
    const alike = select(parent, element).filter(
      (each) => each.getAttribute('name')?.toLowerCase() === right.toLowerCase(),
    );
    for (const each of alike) {
      const written = each.getAttribute('name') ?? '';
      if (written === right) continue;
      const params = { what: 'section', written, right, option: written } as const;
      const subject = { kind: 'option', name: `${element} ${written}` } as const;
      this.findings.push(createFinding('option/wrong-case', subject, params, { origin: this.originOf(each) }));
    }
    return alike.filter((each) => each.getAttribute('name') === right);
  }

  private readSettings(settings: Element): void {
    this.expectNamespace(settings, settingsNamespace);
    for (const domain of this.selectNamed(settings, 'domain', 'system')) {
      for (const section of this.selectNamed(domain, 'section', 'security')) {
        for (const setting of select(section, 'setting')) this.readSetting(setting);
      }
    }
  }

  private readConnection(element: Element): void {
    const origin = this.originOf(element);
    for (const { name, value } of Array.from(element.attributes)) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
      this.sip.push({ name, value, origin, source: 'endpoint', section: 'Connectivity' });
    }
  }

  private readSetting(element: Element): void {
    const origin = this.originOf(element);
    const [name, value] = [element.getAttribute('name') ?? '', element.getAttribute('value')];
    if (name !== '' && value !== null) {
      this.settings.push({ name, value, origin, source: 'endpoint' });
      return;
    }
    const subject = { kind: 'option', name } as const;
    const lacks = name === '' ? 'name' : 'value';
    const text = value === null ? `<setting name="${name}"/>` : `<setting value="${value}"/>`;
    this.findings.push(createFinding('option/not-an-option', subject, { text, lacks }, { origin }));
  }

  private originOf(element: Element): Origin {
    const { lineNumber: line } = element;
    return { file: this.file, ...(line !== undefined && { line }) };
  }
}

/**
 * Reads the text of a SIP Endpoint SDK configuration.
 *
 * @returns the settings of `security` as one level, the attributes of each `Connectivity` as SIP settings; nothing but
 * an error where the document has a document type, is not well-formed, or is no endpoint configuration. Never throws
 * for what the document is. Other domains and sections are passed over.
 */
export function readEndpointXml(text: string, file: string): SettingsSource {
  const subject = { kind: 'file', name: file } as const;
  const refuse = (finding: Finding): SettingsSource => ({
    levels: [],
    sip: [],
    application: 'endpoint',
    findings: [finding],
  });
  if (text.length > largestDocument) {
    return refuse(createFinding('option/not-a-configuration', subject, { found: 'too-large' }, { origin: { file } }));
  }
  if (hasDoctype(text)) return refuse(createFinding('option/doctype', subject, {}, { origin: { file } }));
  const document = parse(text.replace(/^\uFEFF/, ''));
  if ('detail' in document) {
    const { line, detail } = document;
    const origin = { file, ...(line !== undefined && line > 0 && { line }) };
    return refuse(createFinding('option/xml-malformed', subject, { detail }, { origin }));
  }
  const root = document.documentElement;
  if (root?.localName !== 'SipEndpoint') {
    const element = root?.nodeName ?? '';
    return refuse(createFinding('option/not-an-endpoint', subject, { element }, { origin: { file } }));
  }
  const reader = new EndpointReader(file);
  reader.expectNamespace(root, endpointNamespace);
  reader.read(root);
  const { settings, sip, findings } = reader;
  const level = { kind: 'unnamed', name: 'section security', settings } as const;
  return { levels: settings.length > 0 ? [level] : [], sip, application: 'endpoint', findings };
}
