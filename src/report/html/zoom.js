'use strict';
// Zoom for charts with an axis below: drag over a span, turn the wheel with Ctrl, or use the buttons. Charts of one section with the
// same axis move together. Places in a pane are computed again, so that text, lines and hatching keep their size.
const zoom = (function () {
  const MOST = 25;
  const groups = {}, found = new Map();

  // How a shape follows when places along the axis move.
  const follower = function (shape) {
    const number = function (name) { return Number(shape.getAttribute(name)); };
    const set = function (name, value) { shape.setAttribute(name, value.toFixed(1)); };
    if (shape.tagName === 'path') {
      const steps = shape.getAttribute('d').match(/[A-Za-z][^A-Za-z]*/g) || [];
      return function (at) {
        shape.setAttribute('d', steps.map(function (step) {
          if (!'MLH'.includes(step[0])) { return step; }
          const numbers = step.slice(1).trim().split(' ');
          numbers[0] = at(Number(numbers[0])).toFixed(1);
          return step[0] + numbers.join(' ');
        }).join(''));
      };
    }
    if (shape.tagName === 'rect') {
      const from = number('x'), until = from + number('width');
      return function (at) { set('x', at(from)); set('width', at(until) - at(from)); };
    }
    const names = shape.tagName === 'line' ? ['x1', 'x2'] : ['x'], places = names.map(number);
    return function (at) { names.forEach(function (name, nth) { set(name, at(places[nth])); }); };
  };

  // Round values between two, about so many, as texts with as many decimals as they need.
  const roundValues = function (low, high, about) {
    const length = (high - low) / about, power = Math.pow(10, Math.floor(Math.log10(length)));
    const step = [1, 2, 5, 10].map(function (times) { return times * power; }).find(function (one) { return one >= length * 0.999; });
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), values = [];
    for (let nth = Math.ceil(low / step - 1e-9); nth * step <= high + step * 1e-9; nth++) { values.push((nth * step).toFixed(decimals)); }
    return values;
  };

  const chart = function (svg) {
    const ends = svg.dataset.zoom.split(' ').map(Number), ticks = svg.querySelector('.ticks');
    const first = Array.from(ticks.children), pair = first.slice(0, 2);
    const shapes = Array.from(svg.querySelectorAll('.pane line, .pane rect, .pane path, .pane text')).map(follower);
    const place = function (view, value) { return ends[0] + (value - view[0]) / (view[1] - view[0]) * (ends[1] - ends[0]); };
    const tick = function (view, text) {
      const x = place(view, Number(text)).toFixed(1), line = pair[0].cloneNode(true), word = pair[1].cloneNode(true);
      line.setAttribute('x1', x);
      line.setAttribute('x2', x);
      word.setAttribute('x', x);
      word.textContent = text;
      return [line, word];
    };
    return {
      svg: svg, ends: ends,
      show: function (view) {
        const stretch = (ends[3] - ends[2]) / (view[1] - view[0]), begin = place([ends[2], ends[3]], view[0]);
        shapes.forEach(function (follow) { follow(function (x) { return ends[0] + (x - begin) * stretch; }); });
        const texts = roundValues(view[0], view[1], Math.max(3, first.length / 2 - 1));
        const marks = stretch === 1 || pair.length < 2 ? first : texts.flatMap(function (text) { return tick(view, text); });
        ticks.replaceChildren.apply(ticks, marks);
      },
      valueAt: function (event, view) {
        const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
        const share = Math.min(1, Math.max(0, (x - ends[0]) / (ends[1] - ends[0])));
        return view[0] + share * (view[1] - view[0]);
      },
      place: place
    };
  };

  const show = function (group, low, high) {
    const whole = group.whole[1] - group.whole[0], width = Math.min(whole, Math.max(whole / MOST, high - low));
    const from = Math.min(Math.max(group.whole[0], (low + high - width) / 2), group.whole[1] - width);
    group.view = width === whole ? group.whole : [from, from + width];
    group.charts.forEach(function (one) { one.show(group.view); });
    const texts = roundValues(group.view[0], group.view[1], 200);
    group.outputs.forEach(function (output) {
      output.textContent = width === whole ? '' : texts[0] + ' – ' + texts[texts.length - 1];
    });
  };
  // Wider or narrower around a value that keeps its place.
  const scale = function (group, times, around) {
    show(group, around + (group.view[0] - around) * times, around + (group.view[1] - around) * times);
  };
  const move = function (group, share) {
    const by = share * (group.view[1] - group.view[0]);
    const room = by < 0 ? group.whole[0] - group.view[0] : group.whole[1] - group.view[1];
    const step = by < 0 ? Math.max(by, room) : Math.min(by, room);
    show(group, group.view[0] + step, group.view[1] + step);
  };

  const buttons = function (group, figure) {
    const bar = document.createElement('span'), words = document.body.dataset.zoom.split('|');
    const middle = function () { return (group.view[0] + group.view[1]) / 2; };
    const actions = [
      ['◀', function () { move(group, -0.5); }], ['−', function () { scale(group, 2, middle()); }], ['+', function () { scale(group, 0.5, middle()); }],
      ['▶', function () { move(group, 0.5); }], ['↔', function () { show(group, group.whole[0], group.whole[1]); }]
    ];
    bar.className = 'zoom';
    bar.setAttribute('role', 'group');
    const output = document.createElement('output');
    bar.appendChild(output);
    group.outputs.push(output);
    actions.forEach(function (action, nth) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = action[0];
      button.title = words[nth];
      button.setAttribute('aria-label', words[nth]);
      button.addEventListener('click', action[1]);
      bar.appendChild(button);
    });
    figure.querySelector('figcaption').appendChild(bar);
  };

  const pointer = function (group, one) {
    const svg = one.svg, box = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    let from = null;
    const end = function () { from = null; box.remove(); };
    box.setAttribute('class', 'span');
    box.setAttribute('y', 0);
    box.setAttribute('height', svg.viewBox.baseVal.height);
    svg.classList.add('zoomable');
    svg.addEventListener('pointerdown', function (event) {
      // A finger scrolls the page.
      if (event.button !== 0 || event.pointerType === 'touch') { return; }
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      from = one.valueAt(event, group.view);
    });
    svg.addEventListener('pointermove', function (event) {
      if (from === null) { return; }
      const places = [from, one.valueAt(event, group.view)].map(function (value) { return one.place(group.view, value); });
      box.setAttribute('x', Math.min(places[0], places[1]));
      box.setAttribute('width', Math.abs(places[1] - places[0]));
      svg.appendChild(box);
    });
    svg.addEventListener('pointerup', function (event) {
      if (from === null) { return; }
      const until = one.valueAt(event, group.view), least = (group.view[1] - group.view[0]) / 100;
      if (Math.abs(until - from) > least) { show(group, Math.min(from, until), Math.max(from, until)); }
      end();
    });
    svg.addEventListener('pointercancel', end);
    svg.addEventListener('dblclick', function () { show(group, group.whole[0], group.whole[1]); });
    svg.addEventListener('wheel', function (event) {
      if (!event.ctrlKey) { return; }
      event.preventDefault();
      scale(group, event.deltaY < 0 ? 0.7 : 1 / 0.7, one.valueAt(event, group.view));
    }, { passive: false });
  };

  document.querySelectorAll('svg[data-zoom]').forEach(function (svg) {
    const one = chart(svg), whole = one.ends.slice(2), key = svg.closest('section').id + ' ' + whole.join(' ');
    const group = groups[key] = groups[key] || { whole: whole, view: whole, charts: [], outputs: [] };
    group.charts.push(one);
    found.set(svg, { chart: one, group: group });
    buttons(group, svg.closest('figure'));
    pointer(group, one);
  });
  // The value of the axis below the pointer, and its place in the drawing as it was made.
  return function (svg, event) {
    const it = found.get(svg), value = it.chart.valueAt(event, it.group.view);
    return { value: value, x: it.chart.place(it.group.whole, value) };
  };
})();
