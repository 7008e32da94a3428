// Numbers packed as text (docs/result.md): base64 of zigzagged groups of 7 bits.
function unpack(text) {
  const bytes = atob(text);
  const numbers = [];
  for (let i = 0; i < bytes.length; ) {
    // Multiplied rather than shifted: bit operators would cut at 32 bits.
    let value = 0, weight = 1, part;
    do {
      part = bytes.charCodeAt(i++);
      value += (part & 0x7f) * weight;
      weight *= 128;
    } while (part >= 0x80);
    numbers.push(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
  }
  return numbers;
}

// Numbers that were packed as steps from one to the next.
function unpackSteps(text, scale) {
  const numbers = unpack(text);
  const values = new Float64Array(numbers.length);
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) {
    sum += numbers[i];
    values[i] = sum / scale;
  }
  return values;
}

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// The first index whose value is at least the wanted one.
function lowerBound(values, wanted) {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
