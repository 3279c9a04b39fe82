/** The paths of a chain as a Mermaid or Graphviz drawing: arrows run from a certificate to its issuer. */
import type { ChainResult } from '../chain/order-chain.js';
import type { Certificate } from '../x509/certificate.js';
import { formatName, shortName } from '../x509/name.js';
import { formatDay } from './instant.js';

export type GraphFormat = 'mermaid' | 'dot';

interface Node {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly chosen: boolean;
  readonly missing: boolean;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly chosen: boolean;
}

function collect(results: readonly ChainResult[]): { nodes: readonly Node[]; edges: readonly Edge[] } {
  const chosen = new Set(results.flatMap(({ chain }) => chain));
  const nodes = new Map<Certificate | string, Node>();
  const edges = new Map<string, Edge>();
  const nodeOf = (certificate: Certificate): Node => {
    const { subject, validity } = certificate.tbsCertificate;
    const known = nodes.get(certificate) ?? {
      id: `c${nodes.size + 1}`,
      title: shortName(subject),
      detail: `until ${formatDay(validity.notAfter)}`,
      chosen: chosen.has(certificate),
      missing: false,
    };
    nodes.set(certificate, known);
    return known;
  };
  const missingNode = (name: string): Node => {
    const known = nodes.get(name) ?? {
      id: `c${nodes.size + 1}`,
      title: name,
      detail: 'not here',
      chosen: false,
      missing: true,
    };
    nodes.set(name, known);
    return known;
  };
  const connect = (from: Node, to: Node, onChosen: boolean): void => {
    const key = `${from.id} ${to.id}`;
    edges.set(key, { from: from.id, to: to.id, chosen: onChosen || (edges.get(key)?.chosen ?? false) });
  };
  for (const { paths } of results) {
    paths.forEach(({ certificates, complete }, position) => {
      certificates.forEach((certificate, step) => {
        const issuer = certificates[step + 1];
        if (issuer) connect(nodeOf(certificate), nodeOf(issuer), position === 0);
        else if (complete) nodeOf(certificate);
        else connect(nodeOf(certificate), missingNode(formatName(certificate.tbsCertificate.issuer)), position === 0);
      });
    });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

// Names come from certificates: nothing in them may end a label.
const mermaidText = (text: string): string =>
  text.replace(/["&<>#;\\]/g, (character) => `#${character.charCodeAt(0)};`);
const dotText = (text: string): string => text.replace(/["\\]/g, '\\$&');

function drawMermaid({ nodes, edges }: ReturnType<typeof collect>): string {
  const lines = nodes.map(({ id, title, detail, chosen, missing }) => {
    const style = missing ? ':::missing' : chosen ? ':::chosen' : '';
    return `  ${id}["${mermaidText(title)}<br/>${mermaidText(detail)}"]${style}`;
  });
  const arrows = edges.map(({ from, to, chosen }) => `  ${from} ${chosen ? '==>' : '-->'} ${to}`);
  const styles = ['  classDef chosen stroke-width:3px', '  classDef missing stroke-dasharray:4 4'];
  return `${['flowchart BT', ...lines, ...arrows, ...styles].join('\n')}\n`;
}

function drawDot({ nodes, edges }: ReturnType<typeof collect>): string {
  const lines = nodes.map(({ id, title, detail, chosen, missing }) => {
    const style = missing ? ', style=dashed' : chosen ? ', penwidth=3' : '';
    return `  ${id} [label="${dotText(title)}\\n${dotText(detail)}"${style}];`;
  });
  const arrows = edges.map(({ from, to, chosen }) => `  ${from} -> ${to}${chosen ? ' [penwidth=3]' : ''};`);
  return `${['digraph chain {', '  rankdir=BT;', '  node [shape=box];', ...lines, ...arrows, '}'].join('\n')}\n`;
}

/** Draws every path of the results; the chosen ones stand out. */
export function drawGraph(results: readonly ChainResult[], format: GraphFormat): string {
  const graph = collect(results);
  return format === 'mermaid' ? drawMermaid(graph) : drawDot(graph);
}
