#!/usr/bin/env node
// node conform.mjs --address 127.0.0.1:PORT --key KEY --secret SECRET [--dial official|address] [--clients ccxt,binance]
// Prints a line per check and, last, "N passed, N failed"; the exit code is 1 when anything failed.
import { parseArgs } from 'node:util';
import { Checks } from './checks.mjs';
import { guard, strays } from './dial.mjs';

const { values } = parseArgs({ options: {
  address: { type: 'string' }, key: { type: 'string' }, secret: { type: 'string' },
  dial: { type: 'string', default: 'official' }, clients: { type: 'string', default: 'ccxt,binance' },
} });
const [host, port] = (values.address ?? '').split(':');
if (!port || !values.key || !values.secret || !['official', 'address'].includes(values.dial)) {
  console.error('usage: node conform.mjs --address 127.0.0.1:PORT --key KEY --secret SECRET [--dial official|address] [--clients ccxt,binance]');
  process.exit(2);
}

// Clients let some of their own rejections go unheard while they close.
process.on('unhandledRejection', () => {});
guard({ host, port: Number(port), redirect: values.dial === 'official' });
const options = { key: values.key, secret: values.secret, address: values.dial === 'official' ? null : values.address };
const checks = new Checks();
if (values.clients.includes('ccxt')) await (await import('./ccxt-checks.mjs')).checkCcxt(checks, options);
if (values.clients.includes('binance')) await (await import('./binance-checks.mjs')).checkBinance(checks, options);
await checks.run('nothing left this machine', async () => { if (strays.size > 0) throw new Error(`refused ${[...strays].join(', ')}`); });
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exit(checks.failed === 0 ? 0 : 1);
