"""La distribution : qui joue dans les essais, et dans quel décor.

Un greffon de pytest, chargé une fois par le `conftest.py` de la racine : une fixture s'y trouve par
son nom, jamais par un import. Ce nom dit de quelle pièce elle est (`scene_d_achat`,
`scene_de_seance`) ; le conftest d'un contexte lui rend le nom court que ses essais emploient :

    @pytest.fixture
    def scene(scene_d_achat):
        return scene_d_achat

Rien ne s'y impose d'office : qui veut son disque ou un coffre neuf le dit chez lui.
"""

pytest_plugins = [
    "tests.distribution.achats",
    "tests.distribution.archives",
    "tests.distribution.autorites",
    "tests.distribution.centre",
    "tests.distribution.contrats",
    "tests.distribution.depots",
    "tests.distribution.procedures",
    "tests.distribution.seances",
    "tests.distribution.stockages",
]
