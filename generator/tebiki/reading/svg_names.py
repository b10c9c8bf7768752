"""The elements and attributes that drawings in SVG need: no script, no animation, no HTML, no link.

From the indexes of SVG 2 (https://www.w3.org/TR/SVG2/eltindex.html) and of the Filter Effects Module.
"""

from __future__ import annotations

ELEMENTS = frozenset([
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge",
    "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight",
    "feTile", "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker", "mask",
    "metadata", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style",
    "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view",
])  # fmt: skip

ATTRIBUTES = frozenset([
    "actuate", "alignment-baseline", "amplitude", "arcrole", "aria-describedby", "aria-hidden",
    "aria-label", "aria-labelledby", "azimuth", "baseFrequency", "baseline-shift", "baseProfile", "bias",
    "class", "clip", "clip-path", "clip-rule", "clipPathUnits", "color", "color-interpolation",
    "color-interpolation-filters", "color-profile", "color-rendering", "cursor", "cx", "cy", "d",
    "diffuseConstant", "direction", "display", "divisor", "dominant-baseline", "dx", "dy", "edgeMode",
    "elevation", "enable-background", "exponent", "fill", "fill-opacity", "fill-rule", "filter",
    "filterUnits", "flood-color", "flood-opacity", "font-family", "font-feature-settings", "font-kerning",
    "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant",
    "font-variation-settings", "font-weight", "fr", "fx", "fy", "glyph-orientation-horizontal",
    "glyph-orientation-vertical", "gradientTransform", "gradientUnits", "height", "href", "id",
    "image-rendering", "in", "in2", "intercept", "isolation", "k1", "k2", "k3", "k4", "kernelMatrix",
    "kernelUnitLength", "kerning", "lang", "lengthAdjust", "letter-spacing", "lighting-color",
    "limitingConeAngle", "line-height", "marker-end", "marker-mid", "marker-start", "markerHeight",
    "markerUnits", "markerWidth", "mask", "mask-type", "maskContentUnits", "maskUnits", "media", "method",
    "mix-blend-mode", "mode", "numOctaves", "offset", "opacity", "operator", "order", "orient",
    "overflow", "overline-position", "overline-thickness", "paint-order", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "pointer-events", "points", "pointsAtX",
    "pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius",
    "refX", "refY", "requiredExtensions", "requiredFeatures", "result", "role", "rotate", "rx", "ry",
    "scale", "seed", "shape-rendering", "show", "side", "slope", "spacing", "specularConstant",
    "specularExponent", "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "stop-color",
    "stop-opacity", "strikethrough-position", "strikethrough-thickness", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "style", "surfaceScale", "systemLanguage", "tableValues", "text-anchor",
    "text-decoration", "text-orientation", "text-rendering", "textLength", "title", "transform",
    "transform-origin", "type", "underline-position", "underline-thickness", "unicode-bidi", "values",
    "vector-effect", "version", "viewBox", "viewTarget", "visibility", "white-space", "width",
    "word-spacing", "writing-mode", "x", "x1", "x2", "xChannelSelector", "y", "y1", "y2",
    "yChannelSelector", "z", "zoomAndPan",
])  # fmt: skip

#: What drawing programs write for themselves, and what nothing else reads.
EDITOR_NAMESPACES = frozenset(
    [
        "http://creativecommons.org/ns#",
        "http://ns.adobe.com/AdobeIllustrator/10.0/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://web.resource.org/cc/",
        "http://www.bohemiancoding.com/sketch/ns",
        "http://www.figma.com/figma/ns",
        "http://www.inkscape.org/namespaces/inkscape",
        "http://www.serif.com/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    ]
)
