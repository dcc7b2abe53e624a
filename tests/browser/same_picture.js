// How many pixels of either of two pictures (data: addresses of PNGs) have nothing like them within
// one pixel of their place in the other. So what is smoothed or rounded otherwise counts as the same,
// and what has moved does not. -1 where their sizes differ.
async ([kept, taken]) => {
  const ALIKE = 72; // of a colour's 255, in each of its parts
  const read = async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const missing = (one, other) => {
    const { width, height } = one;
    const like = (at, there) =>
      Math.abs(one.data[at] - other.data[there]) < ALIKE &&
      Math.abs(one.data[at + 1] - other.data[there + 1]) < ALIKE &&
      Math.abs(one.data[at + 2] - other.data[there + 2]) < ALIKE;
    let found = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        if (like(at, at)) continue;
        let near = false;
        for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1) && !near; v++) {
          for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1) && !near; u++) {
            near = like(at, 4 * (v * width + u));
          }
        }
        if (!near) found++;
      }
    }
    return found;
  };
  const [one, other] = [await read(kept), await read(taken)];
  if (one.width !== other.width || one.height !== other.height) return -1;
  return Math.max(missing(one, other), missing(other, one));
};
