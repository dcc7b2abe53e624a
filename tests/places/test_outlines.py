"""Outlines of land, made of a tiny topology."""

from places.outlines import on_the_sheet, outline_of, rings_of

# A square whose sides are two arcs, one of them told backwards; each step is half a degree.
TOPOLOGY = {
    "transform": {"scale": [0.5, 0.5], "translate": [-180, -90]},
    "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
    "objects": {
        "land": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPolygon", "arcs": [[[0, -2]]]},
                {"type": "Polygon", "arcs": [[0, -2]]},
            ],
        },
        "countries": {"type": "GeometryCollection", "geometries": [{"type": "nothing to read"}]},
    },
}


def test_rings_are_arcs_joined():
    square = [(-180, -90), (-179, -90), (-179, -89), (-180, -89), (-180, -90)]
    assert list(rings_of(TOPOLOGY)) == [square, square]


def test_outline_is_one_path_of_land_alone():
    svg = outline_of(TOPOLOGY)
    assert svg.count("<path") == 1
    assert svg.count("M0 3600l20 0 0-20-20 0z") == 2
    assert 'viewBox="0 0 7200 3600"' in svg


def test_ring_over_the_180th_meridian_is_drawn_from_both_sides():
    ring = [(179.0, 1.0), (-179.0, 1.0), (-179.0, 0.0), (179.0, 1.0)]
    assert on_the_sheet(ring) == [
        [(179, 1), (181, 1), (181, 0), (179, 1)],
        [(-181, 1), (-179, 1), (-179, 0), (-181, 1)],
    ]


def test_ring_around_a_pole_is_closed_along_it():
    ring = [(0.0, -80.0), (120.0, -80.0), (-120.0, -80.0), (0.0, -80.0)]
    first, second = on_the_sheet(ring)
    assert first == [(0, -80), (120, -80), (240, -80), (360, -80), (360, -90), (0, -90)]
    assert second == [(east - 360, north) for east, north in first]
