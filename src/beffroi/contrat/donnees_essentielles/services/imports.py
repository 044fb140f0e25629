"""Importer les données essentielles d'un autre logiciel :
déposer, relire, puis publier d'un seul coup ou pas du tout.
"""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from beffroi.contrat.donnees_essentielles import contenu, queries
from beffroi.contrat.donnees_essentielles.contenu import Contrat
from beffroi.contrat.donnees_essentielles.models import (
    AjoutAFiche,
    FicheDeContrat,
    ImportDeContrats,
)
from beffroi.contrat.donnees_essentielles.mots_des_champs import champs_en_mots
from beffroi.contrat.donnees_essentielles.services.publication import (
    Provenance,
    completer,
    inscrire,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.decp import arbre
from formats.decp.lecture import lire

REFUS = Refus(
    faux="Ce fichier a encore des contrats faux : rien n'est importé. Corrigez-le, "
    "puis redéposez-le.",
    sans_effet="Ce fichier n'a aucun contrat nouveau.",
    change="Les fiches ont changé depuis votre aperçu : rien n'est importé. Relisez, "
    "puis confirmez.",
)


@dataclass(frozen=True)
class Erreur:
    """Ce qui empêche d'importer : le contrat, son champ, quoi faire."""

    contrat: str
    champ: str
    phrase: str

    @property
    def champ_en_mots(self) -> str:
        return champs_en_mots(self.champ)


@dataclass(frozen=True)
class Plan:
    """Ce que l'import ferait :
    les contrats nouveaux, ceux qu'il complète, ceux qu'il connaît, ce qui est faux.
    """

    nouveaux: tuple[Contrat, ...]
    completes: tuple[tuple[FicheDeContrat, Contrat], ...]
    connus: int
    erreurs: tuple[Erreur, ...]

    @property
    def est_applicable(self) -> bool:
        return not self.erreurs and bool(self.nouveaux or self.completes)

    @property
    def empreinte(self) -> str:
        """Deux aperçus égaux feraient la même chose."""
        dit = (
            [contenu.en_texte(un) for un in self.nouveaux],
            [fiche.reference for fiche, _ in self.completes],
        )
        return hashlib.sha256(repr((dit, self.connus)).encode()).hexdigest()


@transaction.atomic
def deposer_un_fichier(
    *, organisme: Organisme, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> ImportDeContrats:
    """Garde un fichier lisible, pour le relire avant de rien publier."""
    depose = garder(
        ImportDeContrats,
        lire=lire,
        cle=nouvelle_cle("contrats"),
        nom=nom,
        octets=octets,
        par=par,
        maintenant=maintenant,
        organisme=organisme,
    )
    _journaliser("deposer_un_fichier", depose, par=par, le=maintenant)
    return depose


def apercu(depose: ImportDeContrats) -> Plan:
    """Ce que le fichier publierait, aux fiches telles qu'elles sont."""
    lecture = lire(octets_de(depose))
    erreurs = [
        Erreur(un.contrat, un.champ, f"{un.phrase} {un.remede}")
        for un in lecture.defauts
        if un.est_une_erreur
    ]
    vus: dict[tuple[str, str], Contrat] = {}
    nouveaux: list[Contrat] = []
    completes: list[tuple[FicheDeContrat, Contrat]] = []
    connus = 0
    contrats: tuple[Contrat, ...] = (*lecture.paquet.marches, *lecture.paquet.concessions)
    for contrat in contrats:
        cle = (contenu.sorte_de(contrat), contrat.id)
        if cle in vus:
            connus += vus[cle] == contrat
            erreurs += [] if vus[cle] == contrat else [_double(contrat)]
            continue
        vus[cle] = contrat
        fautes = _fautes(contrat, depose.organisme)
        erreurs += fautes
        fiche = queries.fiche_du_contrat(depose.organisme, contrat)
        if fautes:
            continue
        if fiche is None or not fiche.est_publiee:
            nouveaux.append(contrat)
        elif differents := _champs_differents(contrat, fiche):
            erreurs.append(_change(contrat, differents))
        elif _manque(contrat, fiche):
            completes.append((fiche, contrat))
        else:
            connus += 1
    return Plan(tuple(nouveaux), tuple(completes), connus, tuple(erreurs))


def _fautes(contrat: Contrat, organisme: Organisme) -> list[Erreur]:
    fautes = [
        Erreur(un.contrat, un.champ, f"{un.phrase} {un.remede}") for un in contenu.defauts(contrat)
    ]
    if contenu.acheteur_de(contrat)[: queries.CHIFFRES_D_UN_SIREN] != organisme.siren:
        phrase = f"Ce contrat est d'un autre acheteur que {organisme.nom}. Importez-le chez lui."
        fautes.append(Erreur(_nom(contrat), "acheteur.id", phrase))
    return fautes


def _nom(contrat: Contrat) -> str:
    return arbre.nom_du_contrat({"id": contrat.id}, contenu.sorte_de(contrat), 1)


def _double(contrat: Contrat) -> Erreur:
    return Erreur(
        _nom(contrat),
        "id",
        "Deux contrats différents portent ce numéro dans le fichier : lequel croire ?",
    )


def _change(contrat: Contrat, champs: list[str]) -> Erreur:
    dits = ", ".join(champs)
    return Erreur(
        _nom(contrat),
        dits,
        "Ce contrat est déjà publié avec d'autres données. Ajoutez plutôt une modification.",
    )


def _champs_differents(contrat: Contrat, fiche: FicheDeContrat) -> list[str]:
    """Ce qui ne se changera plus ; la date de publication, elle, est celle de la première."""
    neuf, publie = contenu.separer(contrat)[0], contenu.relire(fiche)
    noms = [champ.name for champ in fields(neuf) if champ.name != "date_publication_donnees"]
    return [nom for nom in noms if getattr(neuf, nom) != getattr(publie, nom)]


def _manque(contrat: Contrat, fiche: FicheDeContrat) -> list[tuple[contenu.Sorte, str]]:
    """Ce que le fichier ajoute à une fiche connue."""
    gardes = {(ajout.sorte, ajout.contenu) for ajout in AjoutAFiche.objects.filter(fiche=fiche)}
    dits = [(sorte, contenu.fragment(ajout)) for sorte, ajout in contenu.separer(contrat)[1]]
    return [(sorte, texte) for sorte, texte in dits if (str(sorte), texte) not in gardes]


@transaction.atomic
def appliquer(
    *, depose: ImportDeContrats, empreinte: str, par: Utilisateur, maintenant: datetime
) -> ImportDeContrats:
    """Publie le fichier relu, en entier ou pas du tout.

    Confirmé deux fois, il ne s'applique qu'une.
    """
    # Un autre fichier du même acheteur attend : il ne publierait pas le même contrat avec celui-ci.
    depose = verrouiller(depose, avec=("organisme",), aussi=("organisme",))
    if depose.applique_le:
        return depose
    prevu = apercu(depose)
    exiger_ce_qui_a_ete_relu(prevu, empreinte, REFUS)
    provenance = Provenance(champs={"source": FicheDeContrat.Source.IMPORT, "importe_de": depose})
    for contrat in prevu.nouveaux:
        inscrire(depose.organisme, contrat, provenance=provenance, maintenant=maintenant)
    for fiche, contrat in prevu.completes:
        completer(fiche, _manque(contrat, fiche), maintenant=maintenant)
    depose.applique_le, depose.inscrites, depose.connues = (
        maintenant,
        len(prevu.nouveaux),
        prevu.connus,
    )
    depose.save(update_fields=["applique_le", "inscrites", "connues"])
    _journaliser("importer", depose, par=par, le=maintenant)
    return depose


def _journaliser(acte: str, depose: ImportDeContrats, *, par: Utilisateur, le: datetime) -> None:
    journaliser(
        f"donnees_essentielles.{acte}",
        sujet=depose.reference,
        organisme=depose.organisme.siret,
        par=par.acteur,
        le=le,
        donnees={"sha256": depose.sha256, "nom": depose.nom, "inscrites": depose.inscrites},
    )
