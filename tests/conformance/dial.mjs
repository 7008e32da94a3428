// Where clients' connections go. With official addresses, TLS to Binance's hosts becomes plain TCP to the simulator, whose answer
// starts at once: the client believes in its https:// and wss://, and the simulator reads the official Host header. Whatever else
// is dialled is refused and counted: nothing may leave this machine.
import net from 'node:net';
import tls from 'node:tls';

const official = /(^|\.)(binance\.com|binancefuture\.com|binance\.vision)$/;
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
export const strays = new Set();

/** @param redirect whether official hosts lead to the simulator; else they are strays too */
export function guard({ host, port, redirect }) {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const first = Array.isArray(args[0]) ? args[0][0] : args[0];
    const to = typeof first === 'object' && first !== null ? first.host ?? (first.path ? '127.0.0.1' : 'localhost') : args[1] ?? 'localhost';
    return loopback.has(to) ? connect.apply(this, args) : refuse(this, to);
  };
  tls.connect = (...args) => {
    const options = args.find((arg) => arg && typeof arg === 'object') ?? {};
    const secured = args.find((arg) => typeof arg === 'function');
    const to = options.servername || options.host || 'localhost';
    if (!redirect || !official.test(to)) return refuse(new net.Socket(), to);
    const socket = net.connect({ host, port });
    Object.assign(socket, { authorized: true, getPeerCertificate: () => ({}), getCipher: () => ({}) });
    socket.once('connect', () => { socket.emit('secureConnect'); secured?.(); });
    return socket;
  };
}

function refuse(socket, to) {
  strays.add(to);
  process.nextTick(() => socket.destroy(new Error(`nothing may leave this machine, and ${to} is elsewhere`)));
  return socket;
}
