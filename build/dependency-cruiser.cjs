// The rooms of src/ and which way imports may go: a room imports itself and the rooms above it in this list, never one below.
const rooms = [
  'finding',
  'catalogue',
  'der',
  'pem',
  'x509',
  'crypto',
  'names',
  'containers',
  'chain',
  'path',
  'revocation',
  'hostname',
  'bundle',
  'verify',
  'security-pack',
  'handshake',
  'net',
  'report',
  'files',
  'cli',
];
const pathOf = (room) => `^src/${room}(/|\\.ts$)`;

const downwards = rooms.slice(0, -1).map((room, position) => ({
  name: `${room}-imports-nothing-below-it`,
  severity: 'error',
  from: { path: pathOf(room) },
  to: {
    path: rooms
      .slice(position + 1)
      .map(pathOf)
      .concat('^src/index\\.ts$'),
  },
}));

// What touches the world outside: only where the design allows it.
const only = (name, modules, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed.map(pathOf) },
  to: { path: modules.map((module) => `^(node:)?${module}$`) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan-rooms',
      severity: 'error',
      from: { path: '^src/', pathNot: rooms.map(pathOf).concat('^src/index\\.ts$') },
      to: {},
    },
    ...downwards,
    only('files-touch-the-disk', ['fs', 'fs/promises'], ['files', 'cli']),
    only('sockets-stay-in-their-rooms', ['net', 'http', 'https', 'dns'], ['net', 'handshake', 'files', 'cli']),
    // crypto asks OpenSSL what a cipher string selects.
    only('tls-stays-in-its-rooms', ['tls'], ['crypto', 'net', 'handshake', 'files', 'cli']),
    only(
      'process-belongs-to-the-edge',
      ['process', 'child_process', 'os', 'worker_threads', 'readline'],
      ['files', 'net', 'handshake', 'cli'],
    ),
    only('cryptography-is-in-one-room', ['crypto'], ['crypto', 'handshake']),
    {
      name: 'containers-alone-load-pkijs',
      severity: 'error',
      from: { path: '^src/', pathNot: [pathOf('containers')] },
      to: { path: 'node_modules/pkijs' },
    },
    {
      name: 'endpoint-reader-alone-loads-xmldom',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/security-pack/options/read-endpoint-xml\\.ts$'] },
      to: { path: 'node_modules/@xmldom' },
    },
    {
      name: 'endpoint-reader-is-loaded-when-xml-turns-up',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/security-pack/options/read-endpoint-xml\\.ts$', dynamic: false },
    },
    {
      name: 'library-free-of-the-command-line',
      comment: 'src/index.ts reaches report/wording, never report/text',
      severity: 'error',
      from: { path: '^src/', pathNot: [pathOf('cli'), '^src/report/text/'] },
      to: { path: ['node_modules/(yargs|read|string-width|picocolors)/', '^src/report/text/'] },
    },
    {
      name: 'no-development-packages-in-src',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
