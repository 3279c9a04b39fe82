#!/usr/bin/env node
// Launches the built command line; keeps compiled code between runs where Node can.
import module from 'node:module';

module.enableCompileCache?.();
await import('../dist/cli/main.js');
