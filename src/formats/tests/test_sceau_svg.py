import pytest

from formats import sceau_svg
from formats.tests.exemples import EMPREINTE

# Le tracé de la maquette du récépissé, pour la même empreinte.
TRAITS_DE_LA_MAQUETTE = (
    "M64 22L64 11.8M68.1 22.2L69.2 11M72.2 22.8L74.8 9.6M76.2 23.8L81.1 7.7M80.1 25.2L83.1 17.8"
    "M83.8 27L90.7 14.1M87.3 29.1L94.2 18.8M90.6 31.5L96.4 24.5M93.7 34.3L102.5 "
    "25.5M96.5 37.4L99.2 35.1"
    "M98.9 40.7L111.1 32.6M101 44.2L115.9 36.3M102.8 47.9L117.3 41.9M104.2 51.8L111.8 49.5"
    "M105.2 55.8L113 54.2M105.8 59.9L110.5 59.4M106 64L122.8 64M105.8 68.1L122.5 "
    "69.8M105.2 72.2L118.4 74.8"
    "M104.2 76.2L107.6 77.2M102.8 80.1L110.2 83.1M101 83.8L107.1 87.1M98.9 87.3L108.3 93.6"
    "M96.5 90.6L104.4 97.1M93.7 93.7L97.8 97.8M90.6 96.5L93.6 100.1M87.3 98.9L94.2 "
    "109.2M83.8 101L87.6 108.1"
    "M80.1 102.8L87.3 120.4M76.2 104.2L79.5 115M72.2 105.2L72.9 108.7M68.1 105.8L69.4 "
    "119.2M64 106L64 111.8"
    "M59.9 105.8L58.5 120.3M55.8 105.2L53 119.5M51.8 104.2L48.2 116.1M47.9 102.8L42.3 "
    "116.3M44.2 101L39.4 110"
    "M40.7 98.9L34.4 108.3M37.4 96.5L35.1 99.2M34.3 93.7L29.4 98.6M31.5 90.6L18.5 "
    "101.3M29.1 87.3L26.1 89.3"
    "M27 83.8L17 89.1M25.2 80.1L14.8 84.4M23.8 76.2L17.2 78.2M22.8 72.2L12.8 74.2M22.2 68.1L3.3 70"
    "M22 64L8.5 64M22.2 59.9L15.3 59.2M22.8 55.8L5.3 52.3M23.8 51.8L6.7 46.6M25.2 47.9L19.8 45.7"
    "M27 44.2L15.1 37.8M29.1 40.7L27 39.3M31.5 37.4L24.5 31.6M34.3 34.3L22.4 "
    "22.4M37.4 31.5L27.4 19.4"
    "M40.7 29.1L31.9 16M44.2 27L41.5 21.8M47.9 25.2L44 15.8M51.8 23.8L50.1 18.3M55.8 22.8L53.4 10.6"
    "M59.9 22.2L59.4 17.5"
)


def test_le_sceau_est_celui_de_la_maquette():
    assert sceau_svg.traits(EMPREINTE) == TRAITS_DE_LA_MAQUETTE


def test_le_sceau_a_soixante_quatre_traits():
    assert sceau_svg.traits(bytes(32)).count("M") == 64


def test_deux_empreintes_voisines_n_ont_pas_le_meme_sceau():
    voisine = EMPREINTE[:-1] + bytes([EMPREINTE[-1] ^ 1])

    assert sceau_svg.traits(voisine) != sceau_svg.traits(EMPREINTE)


def test_une_empreinte_d_une_autre_longueur_est_refusee():
    with pytest.raises(ValueError, match="32 octets"):
        sceau_svg.traits(EMPREINTE[:16])
