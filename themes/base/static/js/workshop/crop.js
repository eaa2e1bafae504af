// A frame to move over the picture; the four numbers below it say the same and are what is sent.
const form = document.querySelector("[data-crop]");
const svg = form.querySelector("svg");
const box = svg.querySelector(".crop__box");
const shade = svg.querySelector(".crop__shade");
const inputs = Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, form.querySelector(`#${name}`)]));
const read = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, Number(input.value) || 0]));
const within = (value, least, most) => Math.max(least, Math.min(most, Math.round(value)));

const draw = () => {
  const { x, y, width, height } = read();
  for (const [name, value] of Object.entries({ x, y, width, height })) box.setAttribute(name, value);
  shade.setAttribute("d", `M0 0H1000V1000H0Z M${x} ${y}h${width}v${height}h${-width}Z`);
};
const write = (next) => {
  const width = within(next.width, 100, 1000);
  const height = within(next.height, 100, 1000);
  inputs.width.value = width;
  inputs.height.value = height;
  inputs.x.value = within(next.x, 0, 1000 - width);
  inputs.y.value = within(next.y, 0, 1000 - height);
  draw();
};

svg.removeAttribute("hidden");
draw();
Object.values(inputs).forEach((input) => input.addEventListener("input", draw));

box.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
  if (!step) return;
  event.preventDefault();
  const now = read();
  write(event.shiftKey ? { ...now, width: now.width + step[0], height: now.height + step[1] } : { ...now, x: now.x + step[0], y: now.y + step[1] });
});

// Near a corner the size changes, elsewhere the frame moves.
box.addEventListener("pointerdown", (event) => {
  const start = read();
  const area = svg.getBoundingClientRect();
  const at = (point) => [(point.clientX - area.left) / area.width * 1000, (point.clientY - area.top) / area.height * 1000];
  const [fromX, fromY] = at(event);
  const corner = fromX > start.x + start.width - 80 && fromY > start.y + start.height - 80;
  box.setPointerCapture(event.pointerId);
  const move = (point) => {
    const [x, y] = at(point);
    write(corner ? { ...start, width: start.width + x - fromX, height: start.height + y - fromY } : { ...start, x: start.x + x - fromX, y: start.y + y - fromY });
  };
  const stop = () => { box.removeEventListener("pointermove", move); box.removeEventListener("pointerup", stop); };
  box.addEventListener("pointermove", move);
  box.addEventListener("pointerup", stop);
});
