/**
 * Reads an INI file of options: sections in brackets, `name=value`, comments that are whole lines.
 *
 * A reader of our own: the packages for INI keep no line numbers, and most take what follows a `;` for a comment, which
 * here separates transport parameters. Nothing is judged but the form: names and values stay as they are written.
 */
import { createFinding } from '../../finding/catalogue.js';
import type { Finding, Origin } from '../../finding/finding.js';
import { findOption, findResembling, isSIPName, sipNames, transportOption } from './option-table.js';
import { parseTransport } from './read-transport.js';
import type { Level, LevelKind, Setting, SettingsSource, SIPSetting } from '../setting.js';

/** The sections that are levels. */
const levelSections: ReadonlyMap<string, LevelKind> = new Map([
  ['security', 'unnamed'],
  ['host', 'host'],
  ['application', 'application'],
  ['port', 'connection'],
  ['connection', 'connection'],
]);

const sipSection = 'sip';
const proxySection = 'sip-proxy';
const knownSections = [...levelSections.keys(), sipSection, proxySection];

/** A section as it is collected; `kind` says what becomes of its options. */
interface Section {
  /** As written between the brackets; undefined for the lines before the first section. */
  readonly name: string;
  readonly kind: LevelKind | 'sip' | 'unread';
  readonly settings: Setting[];
  readonly sip: SIPSetting[];
  /** The names of the options of a section that is not known: left out, and said in one finding. */
  readonly leftOut: string[];
}

/** Blanks that an editor puts around names and values. */
function trimBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** The kind of section that goes by this name, and what is wrong with the name. */
function identifySection(name: string, origin: Origin): { kind: Section['kind'] | 'unknown'; findings: Finding[] } {
  const kind = levelSections.get(name);
  if (kind !== undefined) return { kind, findings: [] };
  // `[sip-proxy NAME]`: one for each member of a pool.
  const [first = ''] = name.split(/[ \t]/, 1);
  if (name === sipSection || first === proxySection) return { kind: 'sip', findings: [] };
  const resembling = findResembling(first, knownSections);
  if (!resembling) return { kind: 'unknown', findings: [] };
  const { right, differs } = resembling;
  const subject = { kind: 'option', name: `[${name}]` } as const;
  const written = first === right ? name : first;
  const finding =
    differs === 'case' && first !== right
      ? createFinding('option/wrong-case', subject, { what: 'section', written, right, option: name }, { origin })
      : createFinding('option/misspelt', subject, { what: 'section', written, right }, { origin });
  return { kind: 'unread', findings: [finding] };
}

/** Collects lines into sections. */
class IniCollector {
  readonly sections: Section[] = [];
  readonly findings: Finding[] = [];
  /** Sections that certwright does not evaluate, with their options, for one finding each. */
  private readonly unknown: { readonly section: Section; readonly origin: Origin }[] = [];
  private current: Section | undefined;

  openSection(line: string, origin: Origin): void {
    const name = /^\[([^[\]]*)\]$/.exec(line)?.[1];
    if (name === undefined || trimBlanks(name) === '') {
      const subject = { kind: 'option', name: line } as const;
      this.findings.push(createFinding('option/section-malformed', subject, { text: line }, { origin }));
      this.current = { name: line, kind: 'unread', settings: [], sip: [], leftOut: [] };
      return;
    }
    const { kind, findings } = identifySection(trimBlanks(name), origin);
    this.findings.push(...findings);
    const isKnown = kind !== 'unknown';
    const section: Section = {
      name: trimBlanks(name),
      kind: isKnown ? kind : 'unread',
      settings: [],
      sip: [],
      leftOut: [],
    };
    if (!isKnown) this.unknown.push({ section, origin });
    this.current = section;
    this.sections.push(section);
  }

  addOption(line: string, origin: Origin): void {
    const at = line.indexOf('=');
    const name = trimBlanks(line.slice(0, at < 0 ? undefined : at));
    const value = trimBlanks(line.slice(at + 1));
    const subject = { kind: 'option', name } as const;
    const { current } = this;
    if (at < 0 || name === '') {
      const lacks = at < 0 ? 'equals' : 'name';
      this.findings.push(createFinding('option/not-an-option', subject, { text: line, lacks }, { origin }));
    } else if (!current) {
      this.findings.push(createFinding('option/outside-section', subject, { option: name, value }, { origin }));
    } else if (current.kind === 'unread') {
      current.leftOut.push(name);
    } else if (current.kind === 'sip' || isSIPName(name)) {
      current.sip.push({ name, value, origin, source: 'ini', section: `[${current.name}]` });
    } else if (name === transportOption) {
      const { settings, findings } = parseTransport(value, origin);
      current.settings.push(...settings);
      this.findings.push(...findings);
    } else {
      current.settings.push({ name, value, origin, source: 'ini' });
    }
  }

  /** What was left out section by section: worth a warning where TLS options stand there. */
  reportUnknown(): Finding[] {
    return this.unknown.map(({ section: { name, leftOut }, origin }) => {
      const lost = leftOut.filter((option) => findOption(option) !== undefined || sipNames.includes(option));
      const subject = { kind: 'option', name: `[${name}]` } as const;
      const severity = lost.length > 0 ? 'warning' : undefined;
      return createFinding('option/unknown-section', subject, { section: name, options: lost }, { origin, severity });
    });
  }
}

/**
 * Reads the text of an INI file; lines end with LF, CR LF or CR, a byte order mark is passed over.
 *
 * @returns `[security]` as one level; `[host]`, `[application]`, `[port]` and `[connection]` as levels; `[sip]` and
 * `[sip-proxy NAME]` as SIP settings. The findings tell, with their lines, what is no option and what is not read:
 * sections of another spelling, options outside a section, blanks in transport parameters. Never throws.
 */
export function readIni(text: string, file: string): SettingsSource {
  const collector = new IniCollector();
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = trimBlanks(written);
    const origin = { file, line: index + 1 };
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    if (line.startsWith('[')) collector.openSection(line, origin);
    else collector.addOption(line, origin);
  }
  const { sections, findings } = collector;
  const levels = sections.flatMap(({ name, kind, settings }): Level[] =>
    kind === 'sip' || kind === 'unread' ? [] : [{ kind, name: `[${name}]`, settings }],
  );
  return {
    levels,
    sip: sections.flatMap(({ sip }) => sip),
    application: sections.some(({ name }) => /^sip-proxy(?:[ \t]|$)/.test(name)) ? 'sip-proxy' : 'any',
    findings: [...findings, ...collector.reportUnknown()],
  };
}
