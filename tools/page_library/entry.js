// What the inspector's page draws with. Only what is named here comes into resources/page/vendor/d3.js.
export { max } from "d3-array";
export { axisBottom, axisLeft } from "d3-axis";
export { scaleLinear } from "d3-scale";
export { select } from "d3-selection";
export { area, line } from "d3-shape";
