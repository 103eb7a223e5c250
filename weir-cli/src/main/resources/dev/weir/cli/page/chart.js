// Small charts in SVG. Heights are square roots, so that a burst does not flatten what flows between.

export class Samples {
  constructor(length) {
    this.values = new Float64Array(length);
  }

  push(value) {
    this.values.copyWithin(0, 1);
    this.values[this.values.length - 1] = value;
  }

  get peak() {
    return Math.max(...this.values);
  }
}

// Draws samples from `base` upwards (or downwards, when `tip` is below it) into two paths of `svg`.
export function draw(svg, name, samples, { peak = samples.peak, base, tip }) {
  const { width } = svg.viewBox.baseVal;
  const last = samples.values.length - 1;
  let line = '';
  samples.values.forEach((value, i) => {
    const x = (i / last) * width;
    const y = base + (tip - base) * (peak > 0 ? Math.sqrt(value / peak) : 0);
    line += `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  path(svg, `${name} area`).setAttribute('d', `${line}V${base}H0Z`);
  path(svg, name).setAttribute('d', line);
}

// Draws one upright bar a sample, from the foot of `svg`.
export function bars(svg, name, samples) {
  const { width, height } = svg.viewBox.baseVal;
  const step = width / (samples.values.length - 1);
  let marks = '';
  samples.values.forEach((value, i) => {
    const tall = value > 0 ? 1 + (height - 4) * Math.sqrt(value / samples.peak) : 0;
    if (tall) marks += `M${(i * step).toFixed(1)} ${height - 1}V${(height - 1 - tall).toFixed(1)}`;
  });
  path(svg, name).setAttribute('d', marks);
}

export function path(svg, className) {
  const known = [...svg.children].find(child => child.getAttribute('class') === className);
  if (known) return known;
  const made = document.createElementNS(svg.namespaceURI, 'path');
  made.setAttribute('class', className);
  return svg.appendChild(made);
}
