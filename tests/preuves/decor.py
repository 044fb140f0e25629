"""Le monde du cloisonnement, et une ligne au moins dans chaque table qui prouve."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from beffroi.choix.echanges.models import Courrier
from beffroi.garde.conformite.services import securite
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.services import retirer_pli
from beffroi.reponse.traces import services as traces
from beffroi.seance.ouverture.tests import factories as seances
from beffroi.service.sonde.contenu import FIGEES
from beffroi.service.sonde.services import figer
from beffroi.socle.fondations import horloge
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.lignes import LigneProuvee, modeles_prouves
from beffroi.socle.journal.services import journaliser
from tests.architecture.monde import creer_le_monde

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PROUVES = sorted(modeles_prouves(), key=lambda modele: modele._meta.db_table)
# Ce qu'une contrainte de la base exige d'une ligne que le monde ne fait pas naître.
COMPLEMENTS: dict[str, Callable[[], dict[str, Any]]] = {
    "dossiers.ModificationDuDossier": lambda: {"sha256": "ab" * 32},
    "candidatures.DecisionSurCandidature": lambda: {"motif": "x"},
    "conventions.AttestationDAssurance": lambda: {"au": LE.date() + timedelta(days=365)},
    "conventions.AvenantConvention": lambda: {
        "signe_par_l_adherent_le": LE.date(),
        "signe_par_le_centre_le": LE.date(),
    },
    "conventions.Denonciation": lambda: {
        "fin_le": LE.date() + timedelta(days=60),
        "remis_le": LE.date(),
        "accuse_le": LE.date(),
    },
    "apports.Apport": lambda: {"issue": "retenu", "traite_le": LE},
    "incidents.Proposition": lambda: {"nouvelle_limite": LE + timedelta(days=1)},
    "sauvegardes.EssaiDeRestauration": lambda: {"faute": "x", "fautes": 1},
    "conformite.FinDeSousTraitance": lambda: {"effacees_le": LE.date()},
    "sonde.Mesure": lambda: {"reussie": True, "durees": {"page": 2}},
    "sonde.MesureExterieure": lambda: {"reussie": True},
    "adherents.NoteDAppel": lambda: {"texte": "x"},
    "echanges.PieceJointe": lambda: {"courrier": Courrier.objects.first()},
}


def planter_le_monde() -> None:
    """Par les services, puis, pour une table qu'ils laissent vide, une ligne quelconque."""
    le = horloge.maintenant()
    creer_le_monde(maintenant=le)
    for modele in PROUVES:
        if not modele._base_manager.exists():
            enregistree(modele)
    journaliser("essai.completer", sujet="X", par=PLATEFORME, le=le)


def enregistree(modele: type[LigneProuvee]) -> LigneProuvee:
    """Dans la base, et sans service : seule compte la colonne.

    Ce dont elle dépend naît avant elle.
    """
    ligne = une_ligne(modele)
    ligne.save()
    return ligne


def une_ligne(modele: type[LigneProuvee]) -> LigneProuvee:
    """Une ligne quelconque, pour une table que le récit laisse vide."""
    valeurs = {}
    for champ in modele._meta.concrete_fields:
        if champ.primary_key or champ.has_default() or champ.null or champ.blank:
            continue
        valeurs[champ.attname] = valeur_quelconque(champ)
    return modele(**(valeurs | COMPLEMENTS.get(modele._meta.label, dict)()))


def valeur_quelconque(champ: Any) -> Any:
    if champ.is_relation:
        return (champ.related_model._base_manager.first() or enregistree(champ.related_model)).pk
    if champ.choices:
        return champ.choices[0][0]
    par_genre = {
        "DateTimeField": LE,
        "DateField": LE.date(),
        "JSONField": {},
        "BinaryField": b"x",
        "BooleanField": False,
        "UUIDField": UUID(int=7),
        "DecimalField": Decimal("2.00"),
    }
    return par_genre.get(
        champ.get_internal_type(), 2 if "Integer" in champ.get_internal_type() else "x"
    )


def planter_les_preuves(dossier: Path) -> None:
    """Une séance installée sur des réponses remplacées, retirées, gardées ; les traces d'une
    tentative ; des mesures de la sonde ; des lots du journal de sécurité.
    """
    scene = seances.scene()
    scene.repond(le=seances.LIMITE - timedelta(hours=3))
    scene.repond(le=seances.LIMITE - timedelta(hours=2))
    scene.repond("zoe", "zingueurs")
    retire = scene.repond("zoe", "zingueurs", le=seances.LIMITE - timedelta(hours=1))
    retirer_pli(
        pli=retire,
        par=scene.personne("zoe"),
        maintenant=seances.LIMITE - timedelta(minutes=30),
    )
    seances.seance_installee(scene)
    planter_des_traces(dossier, retire)
    planter_des_mesures()
    for rang in range(4):
        le = seances.LIMITE + timedelta(hours=rang)
        securite.noter("connexion", le=le, compte=f"U-{rang}", adresse="192.0.2.7")
        securite.sceller(le=le + timedelta(minutes=20))


def planter_des_traces(dossier: Path, pli: Pli) -> None:
    for rang in range(2):
        lignes = [
            {
                "nature": "message",
                "reponse": pli.brouillon.reference,
                "personne": pli.depose_par.reference,
                "texte": f"Connexion perdue, {numero}.",
                "cause": "réseau",
                "le": pli.recu_le.isoformat(),
                "dite_le": pli.recu_le.isoformat(),
                "details": {"essai": numero},
                "navigateur": f"Essai {numero}",
                "poste": f"{numero}{rang}" * 16,
            }
            for numero in range(3)
        ]
        cahier = dossier / f"cahier-{rang}.jsonl"
        cahier.write_text("".join(json.dumps(ligne) + "\n" for ligne in lignes), "utf-8")
        traces.relever(cahier, maintenant=seances.LIMITE)


def planter_des_mesures() -> None:
    """Deux écritures, chacune fige une ligne de chaque sorte ; deux mesures n'ont pas une heure."""
    for rang in range(2):
        le = LE + timedelta(hours=rang)
        for modele in FIGEES:
            ligne = une_ligne(modele)
            for champ in modele._meta.concrete_fields:
                if getattr(ligne, champ.attname) == LE:
                    setattr(ligne, champ.attname, le)
            ligne.save()
        figer(maintenant=le)
