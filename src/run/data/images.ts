/** Labelled images, whatever files they come from. */

/** Some images with the class of each. Samples are bytes: 0 black, 255 white. */
export interface LabelledImages {
  readonly size: number;
  readonly labels: ArrayLike<number>;
  /** The samples of an image, `height x width x channels`. */
  image(index: number): Promise<Picture> | Picture;
}

export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly samples: ArrayLike<number>;
  /** The sample that stands for white. */
  readonly scale: number;
}

export interface DataSet {
  /** What kind of files they are: `MNIST files (IDX)`. */
  readonly kind: string;
  readonly classes: number;
  /** Names of the classes, where the files have some. */
  readonly names?: readonly string[];
  readonly train: LabelledImages;
  /** Images that are kept for the test; undefined where there are none. */
  readonly test?: LabelledImages;
}
