"""Les fichiers que l'on reprend :
écrits au fil de la lecture, les mêmes octets pour les mêmes fiches.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.urls import reverse

from beffroi.contrat.donnees_essentielles import contenu
from beffroi.contrat.donnees_essentielles.contenu import CONCESSION, MARCHE
from beffroi.contrat.donnees_essentielles.models import (
    AjoutAFiche,
    FicheDeContrat,
    TitulaireDeFiche,
)
from beffroi.contrat.donnees_essentielles.rules import RETENABLES
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import LimiteDepassee
from formats import json_exact, tableur
from formats.dates import PARIS
from formats.decp.ecriture import flux_xml
from formats.ocds import publication as ocds
from formats.ocds.publication import Editeur, Edition
from formats.tableur import Cellule

PAR_PAQUET = 500
# La date d'un classeur sans contrat.
ORIGINE = datetime(2026, 1, 1, tzinfo=PARIS)
# Un classeur se compose en mémoire : au-delà, le CSV, qui s'écrit à mesure.
LIGNES_D_UN_CLASSEUR = 10_000
COLONNES = {
    "reference": "la référence de la fiche, qui ne change jamais",
    "numero": "le numéro du contrat chez son acheteur",
    "sorte": "marche ou concession",
    "siret_acheteur": "le SIRET de l'acheteur",
    "acheteur": "son nom, le jour de la publication",
    "nature": "la nature, dans les mots du format national",
    "objet": "l'objet du contrat, ou du lot",
    "code_cpv": "le code CPV principal ; vide pour une concession",
    "procedure": "la procédure, dans les mots du format national",
    "montant": "le montant initial hors taxes ; vide s'il est retenu",
    "duree_mois": "la durée initiale, en mois",
    "conclu_le": "le jour de la notification ; pour une concession, de la signature",
    "lieu_code": "le code du lieu d'exécution",
    "lieu_type": "la nomenclature de ce code",
    "titulaires": "les identifiants des titulaires, séparés par une barre",
    "noms_des_titulaires": "leurs noms, dans le même ordre, s'ils sont connus",
    "ajouts": "le nombre de modifications, d'actes et d'années d'exécution publiés depuis",
    "retenues": "les données qu'un secret empêche de publier",
    "voie": "profil : ici ; pes ou autre : publié au portail national par une autre voie",
    "publie_ailleurs": "où, dans ce cas",
    "adresse": "la page du contrat",
}
_NOMBRES = frozenset({"montant", "duree_mois", "ajouts"})
LARGEURS = tuple(3.0 if nom in _NOMBRES else 5.0 for nom in COLONNES)


def version(fiches: QuerySet[FicheDeContrat]) -> tuple[object, ...]:
    """Tout ne fait que s'ajouter :
    le nombre et le dernier disent si un fichier a changé, sans rien relire.
    """
    dites = fiches.order_by().aggregate(Count("pk"), Max("pk"), Max("publiee_le"))
    ajouts = AjoutAFiche.objects.filter(fiche__in=fiches.order_by()).aggregate(
        Count("pk"), Max("pk")
    )
    return (*dites.values(), *ajouts.values(), settings.ADRESSE_PUBLIQUE)


def au_fil(fiches: QuerySet[FicheDeContrat]) -> Iterator[FicheDeContrat]:
    """Dans l'ordre de leur publication, par paquets, avec ce qui s'y est ajouté."""
    return (
        fiches.order_by("pk")
        .prefetch_related("ajouts", "titulaires")
        .iterator(chunk_size=PAR_PAQUET)
    )


# ---------------------------------------------------------------- le format national


def decp_en_json(fiches: QuerySet[FicheDeContrat]) -> Iterator[bytes]:
    """Le format 2.0.3 : les marchés, puis les concessions,
    un contrat par ligne, tel que sa fiche le garde.
    """
    marches = _lignes(fiches.filter(sorte=MARCHE))
    yield b'{"marches": {"marche": ['
    yield from _separees(marches)
    concessions = _separees(_lignes(fiches.filter(sorte=CONCESSION)))
    premiere = next(concessions, None)
    if premiere is not None:
        yield b'\n], "contrat-concession": ['
        yield from chain((premiere,), concessions)
    yield b"\n]}}\n"


def _lignes(fiches: QuerySet[FicheDeContrat]) -> Iterator[bytes]:
    return (contenu.texte_publie(fiche, fiche.ajouts.all()).encode() for fiche in au_fil(fiches))


def _separees(lignes: Iterable[bytes]) -> Iterator[bytes]:
    separateur = b"\n"
    for ligne in lignes:
        yield separateur + ligne
        separateur = b",\n"


def decp_en_xml(fiches: QuerySet[FicheDeContrat]) -> Iterator[bytes]:
    """Le format 2.0.2, que le portail national admet aussi."""
    ordonnees = chain(au_fil(fiches.filter(sorte=MARCHE)), au_fil(fiches.filter(sorte=CONCESSION)))
    contrats = (contenu.a_publier(fiche, fiche.ajouts.all()) for fiche in ordonnees)
    return flux_xml(contrats, ())  # type: ignore[arg-type]


def en_ocds(fiches: QuerySet[FicheDeContrat], *, adresse: str, prefixe: str) -> Iterator[bytes]:
    """OCDS 1.1.5 : une publication par fait.

    La date du paquet est celle de la dernière fiche : mêmes fiches, mêmes octets.
    """
    exploitant = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    edition = Edition(
        prefixe=prefixe,
        uri=adresse,
        publie_le=fiches.order_by().aggregate(le=Max("publiee_le"))["le"] or ORIGINE,
        editeur=Editeur(
            nom=exploitant.nom if exploitant else "", siret=exploitant.siret if exploitant else ""
        ),
        noms=noms_de(fiches),
    )
    ordonnees = chain(au_fil(fiches.filter(sorte=MARCHE)), au_fil(fiches.filter(sorte=CONCESSION)))
    return ocds.flux((contenu.a_publier(fiche, fiche.ajouts.all()) for fiche in ordonnees), edition)


def noms_de(fiches: QuerySet[FicheDeContrat]) -> dict[str, str]:
    """Le nom de chaque acheteur et de chaque titulaire, par son identifiant."""
    titulaires = (
        TitulaireDeFiche.objects.filter(fiche__in=fiches.order_by())
        .exclude(nom="")
        .order_by("fiche_id")
    )
    acheteurs = fiches.order_by("pk").values_list("siret_acheteur", "nom_acheteur")
    return {**dict(titulaires.values_list("identifiant", "nom")), **dict(acheteurs)}


# ---------------------------------------------------------------- nos colonnes


def lignes(fiches: QuerySet[FicheDeContrat]) -> Iterator[dict[str, str | int | Decimal]]:
    return (ligne(fiche) for fiche in au_fil(fiches))


def ligne(fiche: FicheDeContrat) -> dict[str, str | int | Decimal]:
    titulaires = list(fiche.titulaires.all())
    return {
        "reference": fiche.reference,
        "numero": fiche.numero,
        "sorte": fiche.sorte,
        "siret_acheteur": fiche.siret_acheteur,
        "acheteur": fiche.nom_acheteur,
        "nature": fiche.nature,
        "objet": fiche.objet,
        "code_cpv": fiche.cpv,
        "procedure": fiche.procedure,
        "montant": "" if fiche.montant is None else fiche.montant,
        "duree_mois": fiche.duree_mois,
        "conclu_le": fiche.conclu_le.isoformat(),
        "lieu_code": fiche.lieu_code,
        "lieu_type": fiche.lieu_type,
        "titulaires": "|".join(un.identifiant for un in titulaires),
        "noms_des_titulaires": "|".join(un.nom for un in titulaires)
        if any(un.nom for un in titulaires)
        else "",
        "ajouts": len(fiche.ajouts.all()),
        "retenues": ", ".join(RETENABLES[champ].lower() for champ in fiche.retenues),
        "voie": fiche.canal,
        "publie_ailleurs": fiche.ailleurs,
        "adresse": absolue(reverse("donnees_essentielles:contrat", args=(fiche.reference,))),
    }


def en_csv(fiches: QuerySet[FicheDeContrat]) -> Iterator[bytes]:
    return tableur.csv_au_fil_de_l_eau(
        tuple(COLONNES), (tuple(une.values()) for une in lignes(fiches))
    )


def en_json(fiches: QuerySet[FicheDeContrat]) -> Iterator[bytes]:
    """Une liste, un contrat par ligne. Un montant y est un nombre, exact."""
    yield b"["
    yield from _separees(json_exact.texte(_typee(une)).encode() for une in lignes(fiches))
    yield b"\n]\n"


def _typee(une: dict[str, str | int | Decimal]) -> dict[str, str | int | Decimal | None]:
    return {**une, "montant": une["montant"] if une["montant"] != "" else None}


def en_ods(fiches: QuerySet[FicheDeContrat]) -> bytes:
    """Le classeur ; il porte la date de la dernière fiche,
    pour que les mêmes fiches fassent les mêmes octets.
    """
    if fiches.count() > LIGNES_D_UN_CLASSEUR:
        raise LimiteDepassee(
            f"Un classeur s'arrête à {LIGNES_D_UN_CLASSEUR} contrats. Prenez le CSV, "
            "ou précisez votre recherche."
        )
    cellules: list[tuple[Cellule, ...]] = [tuple(une.values()) for une in lignes(fiches)]
    feuille = tableur.Feuille(
        titre="Contrats", entetes=tuple(COLONNES), largeurs=LARGEURS, lignes=cellules
    )
    etabli_le = fiches.order_by().aggregate(le=Max("publiee_le"))["le"] or ORIGINE
    return tableur.ods(feuille, etabli_le=etabli_le)


def absolue(chemin: str = "/") -> str:
    return str(settings.ADRESSE_PUBLIQUE).removesuffix("/") + chemin
