"""Fixer un avis dans sa forme d'envoi : ce qui se garde ne change plus."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.avis import queries, rules
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.queries.contenu import defauts_de
from beffroi.publicite.avis.services.verification import demander_la_verification
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.avis import (
    AvisDAttribution,
    eforms,
    fiche,
    national,
    national_attribution,
    prevalider_l_attribution,
)
from formats.avis.modele import Avis as Contenu
from formats.avis.modele import Identifiants

VERSION = "01"
Tirage = Callable[[], UUID]


@transaction.atomic
def ecrire_un_avis(
    *,
    consultation: Consultation,
    contenu: Contenu,
    forme: str,
    par: Acteur,
    maintenant: datetime,
    texte: str = "",
    change: Avis | None = None,
    tirage: Tirage = uuid4,
) -> Avis:
    """Fixe un avis dans sa forme d'envoi. `texte` : celui d'un
    rectificatif ; d'office, l'avis entier.

    Un avis où une mention manque est refusé, chaque défaut avec son remède.
    """
    consultation = verrouiller(consultation)
    premier = consultation.avis.order_by("ecrit_le", "pk").first()
    identifiants = Identifiants(
        avis=str(tirage()), dossier=str(premier.dossier if premier else tirage()), version=VERSION
    )
    europeen = forme == Avis.Forme.EUROPEENNE
    xml = eforms.construire(contenu, identifiants=identifiants) if europeen else b""
    sorte = _sorte(contenu)
    if sorte == Avis.Sorte.INITIAL:
        exiger(
            rules.peut_ecrire_un_avis_initial(
                deja_parti=queries.est_parti_partout(consultation, forme)
            )
        )
    exiger(
        rules.peut_etre_ecrit(defauts=defauts_de(contenu, xml)),
        "Il manque des mentions à cet avis.",
    )
    neuf = Avis(
        consultation=consultation,
        sorte=sorte,
        forme=forme,
        contenu=fiche.ecrire(contenu),
        texte=texte or national.texte(contenu),
        xml=xml.decode(),
        identifiant=identifiants.avis,
        dossier=identifiants.dossier,
        change=change,
        ecrit_le=maintenant,
    )
    return _fixer(
        neuf, par=par, suivent=queries.parutions_en_attente(consultation, forme=forme, sorte=sorte)
    )


@transaction.atomic
def ecrire_un_avis_d_attribution(
    *,
    consultation: Consultation,
    attribution: AvisDAttribution,
    forme: str,
    par: Acteur,
    maintenant: datetime,
    tirage: Tirage = uuid4,
) -> Avis:
    """Fixe ce que des lots sont devenus.

    Un avis des mêmes lots que rien n'a envoyé est remplacé : ses parutions suivent.
    """
    consultation = verrouiller(consultation)
    exiger(
        rules.peut_etre_ecrit(defauts=tuple(prevalider_l_attribution(attribution))),
        "Il manque des mentions à cet avis.",
    )
    premier = consultation.avis.order_by("ecrit_le", "pk").first()
    identifiants = Identifiants(
        avis=str(tirage()), dossier=str(premier.dossier if premier else tirage()), version=VERSION
    )
    europeen = forme == Avis.Forme.EUROPEENNE
    xml = (
        eforms.construire_l_attribution(attribution, identifiants=identifiants) if europeen else b""
    )
    neuf = Avis(
        consultation=consultation,
        sorte=Avis.Sorte.ATTRIBUTION,
        forme=forme,
        contenu=fiche.ecrire_l_attribution(attribution),
        texte=national_attribution.texte(attribution),
        xml=xml.decode(),
        identifiant=identifiants.avis,
        dossier=identifiants.dossier,
        ecrit_le=maintenant,
    )
    attendent = queries.parutions_en_attente(
        consultation, forme=forme, sorte=Avis.Sorte.ATTRIBUTION
    )
    return _fixer(
        neuf, par=par, suivent=[p for p in attendent if p.avis.lots_dits & neuf.lots_dits]
    )


def _fixer(avis: Avis, *, par: Acteur, suivent: Sequence[Parution]) -> Avis:
    """Garde l'avis, l'inscrit au journal ; `suivent` :
    les parutions qui l'attendaient le portent désormais.
    """
    avis.save(force_insert=True)
    empreinte = hashlib.sha256((avis.texte + avis.xml).encode()).hexdigest()
    journaliser(
        "avis.ecrire",
        sujet=avis.reference,
        organisme=avis.consultation.organisme_du_journal,
        par=par,
        le=avis.ecrit_le,
        donnees={
            "consultation": avis.consultation.reference,
            "sorte": avis.sorte,
            "forme": avis.forme,
            "identifiant": str(avis.identifiant),
            "sha256": empreinte,
        },
    )
    for parution in suivent:
        faire_suivre(parution, avis, par=par, maintenant=avis.ecrit_le)
    if avis.forme == Avis.Forme.EUROPEENNE:
        demander_la_verification(avis=avis, maintenant=avis.ecrit_le)
    return avis


def faire_suivre(parution: Parution, avis: Avis, *, par: Acteur, maintenant: datetime) -> Parution:
    """La parution porte désormais cet avis-là, sauf s'il a déjà la sienne dans ce support."""
    parution = verrouiller(parution)
    siennes = avis.parutions.filter(
        support=parution.support, nom_du_support=parution.nom_du_support
    )
    if siennes.exists():
        return parution
    ancien, parution.avis = parution.avis, avis
    parution.save(update_fields=["avis"])
    journaliser(
        "parution.suivre",
        sujet=parution.reference,
        organisme=parution.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"avant": ancien.reference, "avis": avis.reference},
    )
    return parution


def _sorte(contenu: Contenu) -> str:
    if contenu.changement is None:
        return Avis.Sorte.INITIAL
    return (
        Avis.Sorte.ANNULATION if contenu.changement.est_une_annulation else Avis.Sorte.RECTIFICATIF
    )
