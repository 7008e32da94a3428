// The stretch of time that is shown, and how pointer, wheel and keys move it.
function createViewport(first, last, shortest, changed) {
  const view = { from: first, to: last };

  function set(from, to) {
    const span = Math.min(last - first, Math.max(Math.min(shortest, last - first), to - from));
    from = Math.min(Math.max(first, from), last - span);
    if (from !== view.from || from + span !== view.to) {
      view.from = from;
      view.to = from + span;
      changed();
    }
  }

  view.zoom = (factor, at) => set(at - (at - view.from) * factor, at - (at - view.from) * factor + (view.to - view.from) * factor);
  view.pan = milliseconds => set(view.from + milliseconds, view.from + milliseconds + (view.to - view.from));
  view.show = span => (span > 0 ? set((view.from + view.to - span) / 2, (view.from + view.to + span) / 2) : set(first, last));
  view.middle = () => (view.from + view.to) / 2;
  return view;
}

function followInput(canvas, view, plot, pointed) {
  const held = new Map();
  const timeAt = x => view.from + ((x - plot.left) / (plot.right - plot.left)) * (view.to - view.from);
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan((event.deltaX / (plot.right - plot.left)) * (view.to - view.from));
    else view.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 400))), timeAt(place(event).x));
  }, { passive: false });

  canvas.addEventListener('pointerdown', event => {
    held.set(event.pointerId, place(event));
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add('grabbed');
  });

  canvas.addEventListener('pointermove', event => {
    const now = place(event), before = held.get(event.pointerId);
    if (before) {
      const others = [...held].filter(([id]) => id !== event.pointerId);
      if (others.length === 1) {
        const other = others[0][1];
        const wide = Math.max(10, Math.abs(now.x - other.x)), narrow = Math.max(10, Math.abs(before.x - other.x));
        view.zoom(narrow / wide, timeAt((now.x + other.x) / 2));
      } else {
        view.pan(((before.x - now.x) / (plot.right - plot.left)) * (view.to - view.from));
      }
      held.set(event.pointerId, now);
    }
    pointed(now);
  });

  for (const name of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(name, event => {
      held.delete(event.pointerId);
      if (held.size === 0) canvas.classList.remove('grabbed');
    });
  }

  canvas.addEventListener('pointerleave', () => pointed(null));
  canvas.addEventListener('keydown', event => {
    const span = view.to - view.from;
    const moves = {
      ArrowLeft: () => view.pan(-span / 8), ArrowRight: () => view.pan(span / 8),
      PageUp: () => view.pan(-span), PageDown: () => view.pan(span),
      '+': () => view.zoom(0.5, view.middle()), '=': () => view.zoom(0.5, view.middle()), '-': () => view.zoom(2, view.middle()),
      Home: () => view.show(0),
    };
    if (moves[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      moves[event.key]();
      pointed({ x: (plot.left + plot.right) / 2, y: 20, spoken: true });
    }
  });
  return timeAt;
}
