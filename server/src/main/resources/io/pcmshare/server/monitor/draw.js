// Pictures on canvases. Nothing here knows where the numbers come from.
"use strict";

const Draw = (() => {
  const FLOOR_DB = -60;
  const CEILING_DB = 6;
  const HOLD_MILLIS = 1500;

  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // as many pixels as the screen has, drawn in the units of the style sheet
  function surface(canvas) {
    const scale = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const context = canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    return { context, width, height };
  }

  function place(decibels, width) {
    const level = decibels === null ? FLOOR_DB : decibels;
    const part = (level - FLOOR_DB) / (CEILING_DB - FLOOR_DB);
    return Math.max(0, Math.min(1, part)) * width;
  }

  // held: what the canvas remembers of its peak, { decibels, at }
  function meter(canvas, peak, rms, held, now) {
    if (peak !== null && (held.decibels === null || peak >= held.decibels)) {
      held.decibels = peak;
      held.at = now;
    } else if (now - held.at > HOLD_MILLIS) {
      held.decibels = peak;
    }
    const { context, width, height } = surface(canvas);
    context.fillStyle = color("--track");
    context.fillRect(0, 0, width, height);
    const peakAt = place(peak, width);
    const zones = [[-60, -12, "--good"], [-12, -1, "--warn"], [-1, 6, "--bad"]];
    for (const [from, to, name] of zones) {
      const left = place(from, width);
      const right = Math.min(peakAt, place(to, width));
      context.fillStyle = color(name);
      if (right > left) {
        context.globalAlpha = 0.45;
        context.fillRect(left, 0, right - left, height);
        context.globalAlpha = 1;
        const loud = Math.min(right, place(rms, width));
        if (loud > left) {
          context.fillRect(left, 0, loud - left, height);
        }
      }
    }
    if (held.decibels !== null) {
      context.fillStyle = held.decibels > -1 ? color("--bad") : color("--text");
      context.fillRect(Math.max(0, place(held.decibels, width) - 2), 0, 2, height);
    }
    context.fillStyle = color("--faint"); // full scale
    context.fillRect(place(0, width), 0, 1, height);
  }

  // pieces: [low, high] of each, oldest first; shown: how many the whole width stands for
  function wave(canvas, pieces, shown) {
    const { context, width, height } = surface(canvas);
    const middle = height / 2;
    context.fillStyle = color("--line");
    context.fillRect(0, middle, width, 1);
    const columns = Math.max(1, Math.floor(width));
    const perColumn = shown / columns;
    const missing = shown - pieces.length;
    for (let x = 0; x < columns; x++) {
      let low = Infinity;
      let high = -Infinity;
      const from = Math.floor(x * perColumn - missing);
      const to = Math.max(from + 1, Math.floor((x + 1) * perColumn - missing));
      for (let i = Math.max(0, from); i < to && i < pieces.length; i++) {
        low = Math.min(low, pieces[i][0]);
        high = Math.max(high, pieces[i][1]);
      }
      if (high >= low) {
        const top = middle - Math.min(1, high) * middle;
        const bottom = middle - Math.max(-1, low) * middle;
        context.fillStyle = color(high >= 1 || low <= -1 ? "--bad" : "--accent");
        context.fillRect(x, top, 1, Math.max(1, bottom - top));
      }
    }
  }

  // bars: counts; both axes are logarithmic, the buckets double already. marks: [name, bar index]
  function histogram(canvas, bars, marks, names) {
    const { context, width, height } = surface(canvas);
    const foot = 16;
    const head = 24;
    const most = Math.log10(1 + Math.max(1, ...bars));
    const each = width / Math.max(1, bars.length);
    context.font = "10px system-ui, sans-serif";
    bars.forEach((count, i) => {
      const tall = Math.log10(1 + count) / most * (height - foot - head);
      context.fillStyle = color("--accent");
      context.fillRect(i * each + 1, height - foot - tall, Math.max(1, each - 2), tall);
    });
    context.fillStyle = color("--line");
    context.fillRect(0, height - foot, width, 1);
    context.fillStyle = color("--faint");
    const room = Math.max(1, Math.ceil(48 / each));
    for (let i = 0; i < names.length; i += room) {
      context.fillText(names[i], i * each + 1, height - 4, each * room);
    }
    for (const [name, i, row] of marks) {
      const x = Math.min(width - 1, (i + 1) * each - 1);
      context.fillStyle = color("--warn");
      context.fillRect(x, row * 10, 1, height - foot - row * 10);
      context.textAlign = x > width / 2 ? "right" : "left";
      context.fillText(name, x + (x > width / 2 ? -3 : 3), row * 10 + 9);
      context.textAlign = "left";
    }
  }

  return { meter, wave, histogram };
})();
