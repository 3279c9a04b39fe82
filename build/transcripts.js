// Keeps the transcripts in README.md and docs/ true. A fenced block marked `console` holds lines `$ npx certwright …`,
// each followed by what the command prints, standard output and standard error together.
//   node build/transcripts.js          compares and exits 1 where one differs
//   node build/transcripts.js --write  runs every command and puts down what it printed
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const launcher = `"${process.execPath}" bin/certwright.js`;
const prefix = '$ npx certwright ';

function documents() {
  const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...guides.map((name) => join('docs', name))];
}

function run(command) {
  const { stdout } = spawnSync('sh', ['-c', `${launcher} ${command} 2>&1`], { cwd: root, encoding: 'utf8' });
  return stdout.trimEnd();
}

/** The document with every transcript as it is today. */
function refresh(text) {
  return text.replace(/^```console\n([\s\S]*?)^```$/gm, (_, body) => {
    const commands = body.split('\n').filter((line) => line.startsWith(prefix));
    const transcripts = commands.map((line) => `${line}\n${run(line.slice(prefix.length))}`.trimEnd());
    return `\`\`\`console\n${transcripts.join('\n\n')}\n\`\`\``;
  });
}

/** Without the instant of a command that judges by now, as rehearse does; --at gives midnight, which stays. */
function forgetNow(text) {
  return text.replace(/checked at \d{4}-\d\d-\d\d (?!00:00:00)[\d:]{8} UTC/g, 'checked at …');
}

let stale = 0;
for (const name of documents()) {
  const path = join(root, name);
  const text = readFileSync(path, 'utf8');
  const fresh = refresh(text);
  if (forgetNow(fresh) === forgetNow(text)) continue;
  if (process.argv.includes('--write')) writeFileSync(path, fresh);
  else {
    stale++;
    const [before, after] = [text, fresh].map((each) => forgetNow(each).split('\n'));
    const line = after.findIndex((content, index) => content !== before[index]);
    console.error(
      `${name}:${line + 1}: the document says\n  ${before[line]}\nbut the command prints\n  ${after[line]}`,
    );
  }
}
process.exitCode = stale > 0 ? 1 : 0;
