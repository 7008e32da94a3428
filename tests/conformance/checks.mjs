// Small words for checks.
export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

export function must(condition, what) {
  if (!condition) throw new Error(what);
}

export function equal(actual, expected, what) {
  must(Object.is(actual, expected), `${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

/** Passes when the promise is rejected with an error that has one of these classes among its ancestors. */
export async function refused(promise, ...classes) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    for (let kind = error.constructor; kind?.name; kind = Object.getPrototypeOf(kind)) if (classes.includes(kind.name)) return error;
    throw new Error(`refused as ${error.constructor.name} (${error.message}), not as ${classes.join(' or ')}`);
  }
  throw new Error(`done, though it should be refused: ${JSON.stringify(answer)}`);
}

/** Asks again until the answer is right. */
export async function eventually(ask, right, what, ms = 10000) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what}; the last answer was ${JSON.stringify(answer)?.slice(0, 300)}`);
    await pause(100);
  }
}

export function within(promise, ms, what) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`no ${what} within ${ms} ms`)), ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Runs checks one after another and says how each went. */
export class Checks {
  passed = 0;
  failed = 0;

  async run(name, act) {
    try {
      await within(act(), 30000, 'end');
      this.passed++;
      console.log(`passed ${name}`);
    } catch (error) {
      this.failed++;
      console.log(`FAILED ${name}: ${error.constructor.name}: ${error.message}`);
    }
  }
}
