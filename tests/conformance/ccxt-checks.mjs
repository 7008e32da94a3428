// ccxt 4: REST, and its streams of the class ccxt.pro.
import ccxt from 'ccxt';
import { equal, eventually, must, pause, refused, within } from './checks.mjs';

const symbol = 'BTC/USDT:USDT';

/** @param address replaces scheme, host and port of every address; null keeps the official ones */
function client({ key, secret, address }) {
  const exchange = new ccxt.pro.binanceusdm({ apiKey: key, secret, timeout: 15000 });
  exchange.has.fetchCurrencies = false;
  if (address) {
    const there = (at) => (typeof at === 'string'
      ? at.replace(/^(http|ws)s:\/\/[^/]+/, `$1://${address}`)
      : Object.fromEntries(Object.entries(at).map(([name, value]) => [name, there(value)])));
    exchange.urls.api = there(exchange.urls.api);
    exchange.getHttpAgentIfNeeded = () => undefined; // it wants an agent for what is not encrypted
    const table = exchange.getExceptionsByUrl.bind(exchange); // the table of error classes hangs on the official address
    exchange.getExceptionsByUrl = (url, kind) => table(url?.replace(/^http:\/\/[^/]+/, 'https://fapi.binance.com'), kind);
  }
  return exchange;
}

export async function checkCcxt(checks, options) {
  const check = (name, act) => checks.run(`ccxt ${name}`, act);
  const exchange = client(options);
  let last; let amount;
  const at = (factor) => Number(exchange.priceToPrecision(symbol, last * factor));
  const limit = (factor, params = {}) => exchange.createOrder(symbol, 'limit', 'buy', amount, at(factor), params);
  const market = (side, params = {}) => exchange.createOrder(symbol, 'market', side, amount, undefined, params);
  const raw = (params) => exchange.fapiPrivatePostOrder({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: String(amount), price: String(at(0.96)), ...params });
  const filled = (id) => eventually(() => exchange.fetchOrder(id, symbol), (order) => order.status === 'closed', 'the order is not filled');

  await check('reads the markets', async () => {
    await exchange.loadMarkets();
    const { limits, precision, linear, settle } = exchange.market(symbol);
    must(linear && settle === 'USDT', 'it is no linear perpetual');
    must(limits.amount.min > 0 && limits.cost.min > 0 && precision.price > 0, 'filters are missing');
    amount = Number(exchange.amountToPrecision(symbol, limits.amount.min * 10));
  });
  await check('reads prices', async () => {
    last = (await exchange.fetchTicker(symbol)).last;
    amount = Math.max(amount, Number(exchange.amountToPrecision(symbol, 500 / last)));
    const book = await exchange.fetchOrderBook(symbol, 20);
    must(book.bids[0][0] < book.asks[0][0], 'the book is crossed');
    must((await exchange.fetchTrades(symbol, undefined, 10)).every((trade) => trade.price > 0), 'a trade has no price');
    must(Number.isFinite((await exchange.fetchFundingRate(symbol)).fundingRate), 'there is no funding rate');
    must((await exchange.fetchTickers([symbol]))[symbol].last > 0, 'it is not among all tickers');
  });
  await check('reads candles without a hole', async () => {
    const candles = await exchange.fetchOHLCV(symbol, '1m', undefined, 30);
    must(candles.length === 30 && candles.every(([time], i) => i === 0 || time === candles[i - 1][0] + 60000), 'there is a hole');
    const since = await exchange.fetchOHLCV(symbol, '1m', candles[5][0], 3);
    equal(since.map(([time]) => time).join(), candles.slice(5, 8).map(([time]) => time).join(), 'what began then');
    for (const price of ['mark', 'index']) must((await exchange.fetchOHLCV(symbol, '1m', undefined, 5, { price })).length === 5, `there are no candles of the ${price} price`);
  });
  await check('sets the account up', async () => {
    must((await exchange.fetchBalance()).USDT.total > 0, 'there is no money');
    await refused(exchange.setPositionMode(false, symbol), 'NoChange', 'ExchangeError');
    await refused(exchange.setMarginMode('cross', symbol), 'MarginModeAlreadySet', 'NoChange');
    await exchange.setLeverage(7, symbol);
    equal((await exchange.fetchLeverage(symbol)).longLeverage, 7, 'leverage');
    must((await exchange.fetchTradingFee(symbol)).taker > 0, 'there is no fee');
  });
  await check('places, amends, finds and cancels an order', async () => {
    const clientOrderId = `conform-${Date.now()}`;
    const placed = await limit(0.97, { clientOrderId });
    equal((await exchange.fetchOrder(placed.id, symbol)).status, 'open', 'status');
    equal((await exchange.fetchOrder(undefined, symbol, { origClientOrderId: clientOrderId })).id, placed.id, 'the order of that name');
    must((await exchange.fetchBalance()).USDT.used > 0, 'nothing is held for it');
    await refused(limit(0.97, { clientOrderId }), 'InvalidOrder');
    equal((await exchange.editOrder(placed.id, symbol, 'limit', 'buy', amount, at(0.96))).price, at(0.96), 'the new price');
    must((await exchange.fetchOpenOrders(symbol)).some((order) => order.id === placed.id), 'it is not listed');
    equal((await exchange.cancelOrder(placed.id, symbol)).status, 'canceled', 'status');
    await refused(exchange.cancelOrder(placed.id, symbol), 'OrderNotFound');
    await refused(exchange.fetchOrder('99999999', symbol), 'OrderNotFound');
  });
  await check('opens and closes a position', async () => {
    const bought = await market('buy');
    must((await filled(bought.id)).average > 0, 'there is no average price');
    const [position] = await exchange.fetchPositions([symbol]);
    equal(position.side, 'long', 'side');
    equal(position.contracts, amount, 'contracts');
    const fills = (await exchange.fetchMyTrades(symbol)).filter((fill) => fill.order === bought.id);
    must(fills.length > 0 && fills.every((fill) => fill.takerOrMaker === 'taker' && fill.fee.currency === 'USDT'), 'the fills are not told');
    await filled((await market('sell', { reduceOnly: true })).id);
    must((await exchange.fetchPositions([symbol])).every((one) => !one.contracts), 'the position is still there');
    await refused(market('sell', { reduceOnly: true }), 'InvalidOrder', 'OperationRejected');
    must((await exchange.fetchClosedOrders(symbol)).some((order) => order.id === bought.id), 'it is not among the closed orders');
  });
  await check('holds a stop back until it is due', async () => {
    const stop = await exchange.createOrder(symbol, 'market', 'buy', amount, undefined, { triggerPrice: at(1.04) });
    must((await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).some((order) => order.id === stop.id), 'it is not listed');
    await exchange.cancelOrder(stop.id, symbol, { trigger: true });
    must((await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).length === 0, 'it is still listed');
  });
  await check('places a batch and cancels all', async () => {
    const orders = await exchange.createOrders([0.97, 0.96].map((factor) => ({ symbol, type: 'limit', side: 'buy', amount, price: at(factor) })));
    must(orders.length === 2 && orders.every((order) => order.id), 'an order of the batch is missing');
    await exchange.cancelAllOrders(symbol);
    equal((await exchange.fetchOpenOrders(symbol)).length, 0, 'open orders');
  });
  await check('understands refusals', async () => {
    await refused(raw({ quantity: '0' }), 'InvalidOrder', 'BadRequest');
    await refused(raw({ quantity: String(exchange.market(symbol).limits.amount.min) }), 'InvalidOrder');
    await refused(raw({ price: String(at(0.96) + 0.05) }), 'InvalidOrder', 'BadRequest');
    await refused(raw({ quantity: '900' }), 'InsufficientFunds');
    await refused(raw({ timeInForce: 'GTX', price: String(at(1.02)) }), 'OrderImmediatelyFillable', 'OrderNotFillable', 'InvalidOrder');
    await refused(raw({ timeInForce: 'FOK' }), 'OrderNotFillable', 'InvalidOrder');
    await refused(exchange.fapiPublicGetDepth({ symbol: 'NOPEUSDT' }), 'BadSymbol');
    await refused(client({ ...options, secret: 'wrong' }).fetchBalance(), 'AuthenticationError');
    await refused(client({ ...options, key: 'wrong' }).fetchBalance(), 'AuthenticationError');
    const late = client(options);
    late.nonce = () => Date.now() - 3600000;
    await refused(late.fetchBalance(), 'InvalidNonce');
  });
  await check('watches the market', async () => {
    must((await within(exchange.watchTicker(symbol), 15000, 'ticker')).last > 0, 'the ticker has no price');
    must((await within(exchange.watchTrades(symbol), 15000, 'trade'))[0].price > 0, 'the trade has no price');
    const quote = await within(exchange.watchBidsAsks([symbol]), 15000, 'quote');
    must(quote[symbol].bid < quote[symbol].ask, 'the quote is crossed');
    must((await within(exchange.watchOHLCV(symbol, '1m'), 15000, 'candle')).at(-1)[4] > 0, 'the candle has no close');
    for (let i = 0; i < 5; i++) {
      const book = await within(exchange.watchOrderBook(symbol), 15000, 'book');
      must(book.bids[0][0] < book.asks[0][0], 'the book is crossed');
    }
  });
  await check('watches its own account', async () => {
    const seen = { orders: [], fills: [], positions: [], balances: [] };
    let isOver = false;
    const follow = async (kind, ask) => { while (!isOver) { try { seen[kind].push(...[await ask()].flat().map((one) => ({ ...one }))); } catch { return; } } };
    const followed = [
      follow('orders', () => exchange.watchOrders(symbol)), follow('fills', () => exchange.watchMyTrades(symbol)),
      follow('positions', () => exchange.watchPositions([symbol])), follow('balances', () => exchange.watchBalance()),
    ];
    await pause(2000);
    const resting = await limit(0.97);
    await exchange.cancelOrder(resting.id, symbol);
    const bought = await market('buy');
    await eventually(() => seen, ({ orders, fills, positions, balances }) => orders.some((order) => order.id === resting.id && order.status === 'canceled')
      && orders.some((order) => order.id === bought.id && order.status === 'closed') && fills.some((fill) => fill.order === bought.id)
      && positions.some((position) => position.contracts > 0) && balances.some((balance) => balance.USDT?.total > 0), 'not everything was told', 15000);
    await market('sell', { reduceOnly: true });
    isOver = true;
    await exchange.close();
    // A watch that was asked for while its socket closed opens another one and waits there: it is not waited for.
    await Promise.race([Promise.all(followed), pause(1000)]);
    await exchange.close();
  });
  await exchange.close();
}
