"""One SVG document around one path: the form in which every barcode reaches PDF and HTML."""


def svg_path(width: int, height: int, path: str) -> str:
    """A black path on a viewBox of `width` × `height` modules, without style or script."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><path d="{path}"/></svg>'
    )


def bar(x: int, y: int, width: int, height: int) -> str:
    """Path data of one filled rectangle, in modules."""
    return f"M{x} {y}h{width}v{height}h-{width}z"
