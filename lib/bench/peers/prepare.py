"""Images and filters for both sides, as NPY: prepare.py OUT [--sporco CHECKOUT] [--seed 1].

Writes, all float32 and in C order:
  camera256.npy, camera512.npy  (H, W): scikit-image's camera, grey in [0, 1], less its low-pass
  five256.npy                   (5, 256, 256): camera, astronaut, coffee, chelsea and rocket, the same way
  natural.npy                   (64, 1, 8, 8): filters that SPORCO ships, each divided by its norm
  random.npy                    (64, 1, 8, 8): normal noise, each divided by its norm
and prints every image's largest useful lambda, max |D' y| with the natural filters.
Wants scikit-image and SciPy: apt-get install python3-skimage python3-scipy.
"""

import argparse
import json
import os
import pathlib

import numpy as np
import scipy.ndimage
import skimage.color
import skimage.data

LOW_PASS_WEIGHT = 5.0
PADDING = 16
FIVE = ("camera", "astronaut", "coffee", "chelsea", "rocket")
SIDE = 256


def grey(name):
    """A test image of scikit-image in [0, 1], (H, W)."""
    image = getattr(skimage.data, name)()
    return image / 255.0 if image.ndim == 2 else skimage.color.rgb2gray(image)


def halved(image):
    smooth = scipy.ndimage.gaussian_filter(image, 0.5, mode="mirror")
    return scipy.ndimage.zoom(smooth, 0.5, order=1, mode="mirror", grid_mode=True)


def square(image):
    """The largest square in the middle, at 256 x 256."""
    side = min(image.shape)
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    middle = image[top : top + side, left : left + side]
    if side == 2 * SIDE:
        return halved(middle)
    smooth = scipy.ndimage.gaussian_filter(middle, max(0.0, (side / SIDE - 1) / 2), mode="mirror")
    return scipy.ndimage.zoom(smooth, SIDE / side, order=1, mode="mirror", grid_mode=True)


def high_pass(image):
    """Less the x that minimises |x - image|^2 + weight * |gradient of x|^2, borders mirrored."""
    shape = [n + 2 * PADDING for n in image.shape]
    down = np.abs(np.fft.rfftn(np.array([[-1.0], [1.0]]), shape)) ** 2
    right = np.abs(np.fft.rfftn(np.array([[-1.0, 1.0]]), shape)) ** 2
    wide = np.pad(image, PADDING, "symmetric")
    low = np.fft.irfftn(np.fft.rfftn(wide) / (1 + LOW_PASS_WEIGHT * (down + right)), s=shape)
    return image - low[PADDING:-PADDING, PADDING:-PADDING]


def unit(filters):
    """(K, 8, 8) to (K, 1, 8, 8), each of norm 1."""
    norms = np.sqrt((filters**2).sum((1, 2), keepdims=True))
    return (filters / norms)[:, None]


def largest_lambda(image, filters):
    spectrum = np.fft.rfft2(image)
    atoms = np.conj(np.fft.rfft2(filters[:, 0], image.shape))
    return float(np.abs(np.fft.irfft2(atoms * spectrum, image.shape)).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sporco", default=os.environ.get("SPORCO"), help="a checkout of SPORCO; else $SPORCO")
    parser.add_argument("--seed", type=int, default=1, help="of the random filters")
    args = parser.parse_args()
    if not args.sporco:
        parser.error("expected --sporco CHECKOUT or SPORCO in the environment; its filters are needed")
    args.out.mkdir(parents=True, exist_ok=True)

    shipped = np.load(pathlib.Path(args.sporco, "sporco", "data", "convdict.npz"))["G:8x8x64"]
    natural = unit(shipped.astype(np.float64).transpose(2, 0, 1))
    noise = unit(np.random.default_rng(args.seed).standard_normal((64, 8, 8)))
    images = {
        "camera256": high_pass(halved(grey("camera"))),
        "camera512": high_pass(grey("camera")),
        "five256": np.stack([high_pass(square(grey(name))) for name in FIVE]),
    }
    for name, array in {**images, "natural": natural, "random": noise}.items():
        np.save(args.out / f"{name}.npy", np.ascontiguousarray(array, dtype=np.float32))
    for name in ("camera256", "camera512"):
        print(json.dumps({"image": name, "largest_lambda": largest_lambda(images[name], natural)}))


if __name__ == "__main__":
    main()
