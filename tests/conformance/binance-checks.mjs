// The npm package "binance" 3: REST, WebSocket API and streams.
import { USDMClient, WebsocketAPIClient, WebsocketClient } from 'binance';
import { equal, eventually, must } from './checks.mjs';

const symbol = 'BTCUSDT';
const quiet = Object.fromEntries(['trace', 'info', 'error', 'warning', 'debug', 'notice', 'silly'].map((level) => [level, () => {}]));

export async function checkBinance(checks, { key, secret, address }) {
  const check = (name, act) => checks.run(`binance ${name}`, act);
  const keys = { api_key: key, api_secret: secret };
  const rest = address ? { baseUrl: `http://${address}` } : {};
  const streams = address ? { wsUrl: `ws://${address}`, restOptions: rest } : {};
  const client = new USDMClient({ ...keys, ...rest, disableTimeSync: true });
  let price; let quantity;
  const order = (more = {}) => ({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity, price, newOrderRespType: 'RESULT', ...more });
  const refusal = async (promise) => promise.then((answer) => { throw new Error(`done: ${JSON.stringify(answer)}`); }, (error) => error.code);

  await check('reads the market', async () => {
    must(Math.abs(await client.getServerTime() - Date.now()) < 5000, 'the clock is off');
    const info = (await client.getExchangeInfo()).symbols.find((one) => one.symbol === symbol);
    const tick = Number(info.filters.find((filter) => filter.filterType === 'PRICE_FILTER').tickSize);
    const step = Number(info.filters.find((filter) => filter.filterType === 'LOT_SIZE').stepSize);
    const book = await client.getOrderBook({ symbol, limit: 5 });
    price = Number((Math.round(Number(book.bids[0][0]) * 0.97 / tick) * tick).toFixed(info.pricePrecision));
    quantity = Number((Math.ceil(500 / price / step) * step).toFixed(info.quantityPrecision));
    equal((await client.getKlines({ symbol, interval: '1m', limit: 10 })).length, 10, 'candles');
  });
  await check('trades', async () => {
    must((await client.getBalanceV3()).some((balance) => Number(balance.balance) > 0), 'there is no money');
    const newClientOrderId = `npm-${Date.now()}`;
    const placed = await client.submitNewOrder(order({ newClientOrderId }));
    equal(placed.status, 'NEW', 'status');
    equal((await client.getOrder({ symbol, origClientOrderId: newClientOrderId })).orderId, placed.orderId, 'the order of that name');
    must((await client.getAllOpenOrders({ symbol })).some((one) => one.orderId === placed.orderId), 'it is not listed');
    equal(Number((await client.modifyOrder({ symbol, orderId: placed.orderId, side: 'BUY', quantity, price: price - 10 })).price), price - 10, 'the new price');
    equal((await client.cancelOrder({ symbol, orderId: placed.orderId })).status, 'CANCELED', 'status');
    equal(await refusal(client.cancelOrder({ symbol, orderId: placed.orderId })), -2011, 'the code');
    const batch = await client.submitMultipleOrders([order({ quantity: String(quantity), price: String(price) }), order({ quantity: String(quantity), price: String(price), side: 'NEITHER' })]);
    must(batch[0].orderId > 0 && batch[1].code === -1117, `the batch answered ${JSON.stringify(batch)}`);
    equal((await client.cancelAllOpenOrders({ symbol })).code, 200, 'the code');
  });
  await check('speaks the WebSocket API', async () => {
    const api = new WebsocketAPIClient({ ...keys, ...streams }, quiet);
    const answer = await api.submitNewFuturesOrder('usdm', { symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity, price, timestamp: Date.now() });
    equal(answer.result.status, 'NEW', 'status');
    await client.cancelAllOpenOrders({ symbol });
    api.getWSClient().closeAll(true);
  });
  await check('hears streams', async () => {
    const socket = new WebsocketClient({ ...keys, ...streams }, quiet);
    const heard = [];
    socket.on('message', (message) => heard.push(message.data?.e ?? message.e));
    socket.on('exception', () => {});
    socket.subscribe([`${symbol.toLowerCase()}@depth@100ms`, `${symbol.toLowerCase()}@bookTicker`], 'usdmPublic');
    socket.subscribe([`${symbol.toLowerCase()}@kline_1m`, `${symbol.toLowerCase()}@markPrice@1s`, `${symbol.toLowerCase()}@aggTrade`], 'usdmMarket');
    await socket.subscribeUsdFuturesUserDataStream();
    await eventually(() => heard, (events) => ['depthUpdate', 'bookTicker', 'kline', 'markPriceUpdate', 'aggTrade'].every((event) => events.includes(event)), 'not every stream is heard', 15000);
    await client.submitNewOrder(order());
    await eventually(() => heard, (events) => events.includes('ORDER_TRADE_UPDATE'), 'the own order is not heard', 10000);
    await client.cancelAllOpenOrders({ symbol });
    socket.closeAll(true);
  });
}
