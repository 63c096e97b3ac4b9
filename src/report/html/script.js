// Hovering, sorting and the replay. The page is complete without them.
(function () {
  const tip = document.getElementById('tip');
  const round = function (value) { return Number(value.toPrecision(4)).toString(); };
  const show = function (event, text) {
    tip.textContent = text;
    tip.hidden = false;
    tip.style.left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = (event.clientY + 16) + 'px';
  };
  const hide = function () { tip.hidden = true; };

  // The value of each line at the place of the pointer, read from its points.
  document.querySelectorAll('svg[data-plot]').forEach(function (svg) {
    const ends = svg.dataset.plot.split(' ').map(Number), axes = svg.dataset.axes.split('|');
    const lines = Array.from(svg.querySelectorAll('path.line')).map(function (path) {
      const points = path.getAttribute('d').split(/[ML]/).slice(1).map(function (one) { return one.split(' ').map(Number); });
      return { name: path.dataset.name, points: points };
    });
    svg.addEventListener('mousemove', function (event) {
      const at = zoom(svg, event), x = at.x;
      const found = lines.map(function (line) {
        const near = line.points.reduce(function (best, one) { return Math.abs(one[0] - x) < Math.abs(best[0] - x) ? one : best; }, [Infinity, 0]);
        const value = ends[2] + (near[1] - ends[0]) / (ends[1] - ends[0]) * (ends[3] - ends[2]);
        return Number.isFinite(near[0]) ? line.name + ': ' + round(value) : '';
      });
      show(event, axes[0] + ' ' + round(at.value) + ' — ' + axes[1] + ' — ' + found.filter(Boolean).join('; '));
    });
    svg.addEventListener('mouseleave', hide);
  });

  // A click on the head of a column sorts the rows by it, a second one the other way.
  document.querySelectorAll('table.sortable').forEach(function (table) {
    const body = table.tBodies[0];
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      head.dataset.sort = '';
      head.tabIndex = 0;
      const sort = function () {
        const down = head.dataset.sort !== 'down';
        Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.dataset.sort = ''; other.removeAttribute('aria-sort'); });
        head.dataset.sort = down ? 'down' : 'up';
        head.setAttribute('aria-sort', down ? 'ascending' : 'descending');
        const key = function (row) {
          const cell = row.cells[column];
          return cell.dataset.value ? Number(cell.dataset.value) : cell.textContent;
        };
        const compare = function (one, other) {
          const a = key(one), b = key(other);
          if (typeof a === 'number' && typeof b === 'number') { return a - b; }
          return String(a).localeCompare(String(b));
        };
        Array.from(body.rows).sort(function (one, other) { return down ? compare(one, other) : compare(other, one); })
          .forEach(function (row) { body.appendChild(row); });
      };
      head.addEventListener('click', sort);
      head.addEventListener('keydown', function (event) { if (event.key === 'Enter') { sort(); } });
    });
  });

  // The replay: states and contents up to an instant, and the parts that move around it.
  const GLIDE = 2500;
  const stages = Array.from(document.querySelectorAll('svg[data-replay]')).map(function (svg) {
    const data = JSON.parse(svg.dataset.replay), boxes = {};
    svg.querySelectorAll('.element').forEach(function (group) {
      boxes[group.dataset.slot] = {
        shape: group.querySelector('.machine, .store'), count: group.querySelector('.count'),
        at: group.dataset.at.split(' ').map(Number)
      };
    });
    return { svg: svg, data: data, boxes: boxes, parts: svg.querySelector('.parts'), now: -1, state: 0, level: 0, first: 0 };
  });
  const draw = function (stage, now, glide) {
    const data = stage.data;
    if (now < stage.now) {
      stage.state = stage.level = stage.first = 0;
      data.contents.forEach(function (contents, slot) { count(stage, slot, contents); });
    }
    for (; stage.state < data.states.length && data.states[stage.state][0] <= now; stage.state++) {
      const box = stage.boxes[data.states[stage.state][1]];
      if (box && box.shape) { box.shape.setAttribute('class', 'machine'); box.shape.setAttribute('fill', data.fills[data.states[stage.state][2]]); }
    }
    for (; stage.level < data.levels.length && data.levels[stage.level][0] <= now; stage.level++) {
      count(stage, data.levels[stage.level][1], data.levels[stage.level][2]);
    }
    while (stage.first < data.moves.length && data.moves[stage.first][0] + glide < now) { stage.first++; }
    stage.parts.textContent = '';
    for (let nth = stage.first; nth < data.moves.length && data.moves[nth][0] <= now; nth++) {
      const move = data.moves[nth], share = Math.min(1, (now - move[0]) / glide);
      const from = stage.boxes[move[1]].at, to = stage.boxes[move[2]].at;
      const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      dot.setAttribute('cx', from[0] + (to[0] - from[0]) * share);
      dot.setAttribute('cy', from[1] + (to[1] - from[1]) * share);
      dot.setAttribute('r', 5);
      dot.setAttribute('fill', data.products[move[3]] || '#E89C31');
      dot.setAttribute('stroke', '#1E2228');
      stage.parts.appendChild(dot);
    }
    stage.now = now;
  };
  const count = function (stage, slot, contents) {
    const box = stage.boxes[slot];
    if (box && box.count) { box.count.textContent = contents > 0 ? contents : ''; }
  };
  document.querySelectorAll('.player').forEach(function (player) {
    const button = player.querySelector('button'), slider = player.querySelector('input');
    const speed = player.querySelector('select'), clock = player.querySelector('output');
    const length = Number(player.dataset.length);
    let now = 0, last = 0, playing = false;
    const render = function () {
      const secs = Math.floor(now / 1000);
      clock.textContent = Math.floor(secs / 60) + ':' + String(secs % 60).padStart(2, '0');
      slider.value = now;
      stages.forEach(function (stage) { draw(stage, now, Math.max(GLIDE, 0.35 * 1000 * Number(speed.value))); });
    };
    const frame = function (time) {
      if (!playing) { return; }
      now = Math.min(length, now + Math.min(100, time - last) * Number(speed.value));
      last = time;
      if (now >= length) { play(false); }
      render();
      if (playing) { window.requestAnimationFrame(frame); }
    };
    const play = function (on) {
      playing = on;
      button.textContent = on ? button.dataset.pause : button.dataset.play;
      if (on) {
        if (now >= length) { now = 0; }
        window.requestAnimationFrame(function (time) { last = time; frame(time); });
      }
    };
    button.addEventListener('click', function () { play(!playing); });
    slider.addEventListener('input', function () { now = Number(slider.value); render(); });
    player.hidden = false;
    render();
  });
})();
