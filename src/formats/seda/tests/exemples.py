"""Un paquet d'exemple, de quoi en tirer d'autres, et de quoi le truquer."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from formats.seda import (
    VERSIONS,
    Bordereau,
    Dua,
    Gestion,
    Groupe,
    Niveau,
    Objet,
    Regle,
    Renvoi,
    SortFinal,
    Unite,
    ecrire_le_paquet,
    verifier,
)
from formats.tests.normes import NORMES

DATE = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
CONTENUS = {"ID3": b"a;b\n1;2\n", "ID5": b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"}
DUA = Gestion(
    dua=Dua(
        sort=SortFinal.DETRUIRE, regles=(Regle(identifiant="APP-00005", debut=date(2026, 11, 2)),)
    ),
    communicabilite=(
        Regle(identifiant="ACC-00003", debut=date(2026, 11, 2)),
        Regle(identifiant="ACC-00001"),
    ),
)


def bordereau(**autres) -> Bordereau:
    """Une consultation, ses deux étapes, un fichier dans chacune ;
    la seconde est aussi rangée dans la première.
    """
    dits = {
        "identifiant": "versement-2026-0042",
        "date": DATE,
        "service_d_archives": "FRAD062",
        "service_versant": "286200019",
        "service_producteur": "21620178000014",
        "accord": "IC-000001",
        "commentaire": "Réfection de la toiture",
        "groupes": (
            Groupe(
                id="ID2",
                objets=(Objet(id="ID3", uri="content/ID3.csv", nom="registre des dépôts.csv"),),
            ),
            Groupe(
                id="ID4",
                objets=(
                    Objet(id="ID5", uri="content/ID5.pdf", nom="règlement.pdf", modifie_le=DATE),
                ),
            ),
        ),
        "unites": (
            Unite(
                id="ID10",
                titre="Consultation 2026-0042",
                niveau=Niveau.DOSSIER,
                description="Toiture\nde l'école",
                reference_du_systeme="2026-0042",
                langue="fr",
                mots_cles=("marché public", "travaux"),
                debut=date(2026, 9, 1),
                fin=DATE,
                gestion=DUA,
                unites=(
                    Unite(
                        id="ID11",
                        titre="Consultation",
                        niveau=Niveau.SOUS_GROUPE,
                        sorte="Registre",
                        groupes=("ID2",),
                    ),
                    Unite(
                        id="ID12",
                        titre="Offres",
                        recu_le=DATE,
                        renvois=(Renvoi(id="ID13", vers="ID11"),),
                        groupes=("ID4",),
                    ),
                ),
            ),
        ),
        **autres,
    }
    return Bordereau(**dits)


def paquet(dit: Bordereau | None = None, contenus: dict[str, bytes] | None = None) -> bytes:
    sortie = io.BytesIO()
    sources = {
        id_: (lambda contenu=contenu: [contenu]) for id_, contenu in (contenus or CONTENUS).items()
    }
    ecrire_le_paquet(dit or bordereau(), sources, sortie)
    return sortie.getvalue()


def entrees(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def range_en_zip(
    fichiers: dict[str, bytes], marquer: Callable[[zipfile.ZipInfo], None] = lambda _: None
) -> bytes:
    """Un ZIP de ces fichiers ; `marquer` change chaque entrée avant de l'écrire."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom, contenu in fichiers.items():
            entree = zipfile.ZipInfo(nom)
            marquer(entree)
            archive.writestr(entree, contenu)
    return sortie.getvalue()


def truque(octets: bytes, avant: str, apres: str, fois: int = 1) -> bytes:
    """Le même paquet, où le bordereau a changé."""
    fichiers = entrees(octets)
    manifeste = fichiers["manifest.xml"].decode()
    assert avant in manifeste, avant
    return range_en_zip(
        {**fichiers, "manifest.xml": manifeste.replace(avant, apres, fois).encode()}
    )


def regles(octets: bytes, normes=None) -> set[str]:
    """Les règles que ce paquet enfreint."""
    return {
        d.regle for d in verifier(io.BytesIO(octets), normes=normes).defauts if d.est_une_erreur
    }


TEXTES = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r\x00\ufffe<&]>"),
    max_size=20,
)
JETONS = st.text("abcXYZ019-_.é ", min_size=1, max_size=12).map(
    lambda brut: " ".join(brut.split()) or "x"
)
MOMENTS = st.dates() | st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC))


def gestions():
    listes = st.lists(
        st.builds(Regle, identifiant=JETONS, debut=st.none() | st.dates()), max_size=2
    ).map(tuple)
    duas = st.builds(Dua, sort=st.sampled_from(SortFinal), regles=listes)
    return st.none() | st.builds(Gestion, dua=duas, communicabilite=listes)


@st.composite
def transferts(tirer) -> tuple[Bordereau, dict[str, bytes]]:
    """Un transfert quelconque, et le contenu de ses objets."""
    suite = iter(range(1, 10_000))
    contenus: dict[str, bytes] = {}

    def groupe() -> Groupe:
        objets = []
        for rang in range(1, tirer(st.integers(1, 2)) + 1):
            id_ = f"ID{next(suite)}"
            contenus[id_] = tirer(st.binary(max_size=60))
            dossier = tirer(st.sampled_from(["", "a/"]))
            suffixe = tirer(st.sampled_from(["", ".pdf", ".csv", ".zip"]))
            uri = f"content/{dossier}{id_}{suffixe}"
            modifie = tirer(
                st.none() | st.datetimes(min_value=datetime(1000, 1, 2), timezones=st.just(UTC))
            )
            objets.append(
                Objet(
                    id=id_,
                    uri=uri,
                    nom=tirer(TEXTES),
                    modifie_le=modifie,
                    usage=f"BinaryMaster_{rang}",
                )
            )
        return Groupe(id=f"ID{next(suite)}", objets=tuple(objets))

    def unite(profondeur: int) -> Unite:
        siens = [groupe() for _ in range(tirer(st.integers(0, 2)))]
        groupes.extend(siens)
        filles = tuple(
            unite(profondeur + 1) for _ in range(tirer(st.integers(0, 2 if profondeur < 3 else 0)))
        )
        renvois = tuple(
            Renvoi(id=f"ID{next(suite)}", vers=tirer(st.sampled_from(faites)).id)
            for _ in faites[:1]
        )
        nee = Unite(
            id=f"ID{next(suite)}",
            titre=tirer(TEXTES),
            niveau=tirer(st.none() | st.sampled_from(Niveau)),
            description=tirer(TEXTES),
            sorte=tirer(TEXTES),
            reference_du_systeme=tirer(JETONS),
            langue="fr",
            reference_du_producteur=tirer(JETONS),
            mots_cles=tuple(tirer(st.lists(JETONS, max_size=2))),
            cree_le=tirer(st.none() | MOMENTS),
            recu_le=tirer(st.none() | MOMENTS),
            debut=tirer(st.none() | MOMENTS),
            gestion=tirer(gestions()),
            unites=filles,
            renvois=renvois,
            groupes=tuple(g.id for g in siens),
        )
        faites.append(nee)
        return nee

    groupes: list[Groupe] = []
    faites: list[Unite] = []
    unites = tuple(unite(0) for _ in range(tirer(st.integers(1, 2))))
    dit = Bordereau(
        identifiant=tirer(JETONS),
        date=tirer(st.datetimes(min_value=datetime(1000, 1, 2), timezones=st.just(UTC))),
        service_d_archives=tirer(JETONS),
        service_versant=tirer(JETONS),
        service_producteur=tirer(JETONS),
        accord=tirer(JETONS),
        commentaire=tirer(TEXTES),
        profil=tirer(JETONS),
        groupes=tuple(groupes),
        unites=unites,
        gestion=tirer(gestions()),
        version=tirer(st.sampled_from(VERSIONS)),
    )
    return dit, contenus


def officiels() -> object | None:
    """Le dossier des fichiers officiels, s'il est là : les tests s'y mesurent aussi."""
    return NORMES if (NORMES / "seda").exists() else None
