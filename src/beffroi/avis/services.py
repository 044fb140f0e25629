"""Écrire un avis, le faire paraître, garder la preuve de chaque envoi."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from uuid import UUID, uuid4

from django.db import transaction

from beffroi.avis import queries, rules
from beffroi.avis.contenu import defauts_de
from beffroi.avis.events import ParutionEnvoyee, ParutionRefusee
from beffroi.avis.models import Avis, CoordonneesDAvis, Parution, VerificationDAvis
from beffroi.avis.ports import AccuseDEnvoi
from beffroi.consultations.models import Consultation
from beffroi.journal.acteurs import PLATEFORME, Acteur
from beffroi.journal.franchissement import franchir
from beffroi.journal.services import journaliser
from beffroi.organismes.models import Organisme
from beffroi.socle import evenements
from beffroi.socle.erreurs import RegleEnfreinte, exiger
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller
from formats.avis import (
    AvisDAttribution,
    differences,
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
    """Fixe un avis dans sa forme d'envoi. `texte` : celui d'un rectificatif ; d'office, l'avis entier.

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
        exiger(rules.peut_ecrire_un_avis_initial(deja_parti=queries.est_parti_partout(consultation, forme)))
    exiger(rules.peut_etre_ecrit(defauts=defauts_de(contenu, xml)), "Il manque des mentions à cet avis.")
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
    return _fixer(neuf, par=par, suivent=queries.parutions_en_attente(consultation, forme=forme, sorte=sorte))


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
    """Fixe ce que des lots sont devenus. Un avis des mêmes lots que rien n'a envoyé est remplacé : ses parutions suivent."""
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
    xml = eforms.construire_l_attribution(attribution, identifiants=identifiants) if europeen else b""
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
    attendent = queries.parutions_en_attente(consultation, forme=forme, sorte=Avis.Sorte.ATTRIBUTION)
    return _fixer(neuf, par=par, suivent=[p for p in attendent if p.avis.lots_dits & neuf.lots_dits])


def _fixer(avis: Avis, *, par: Acteur, suivent: Sequence[Parution]) -> Avis:
    """Garde l'avis, l'inscrit au journal ; `suivent` : les parutions qui l'attendaient le portent désormais."""
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
        _faire_suivre(parution, avis, par=par, maintenant=avis.ecrit_le)
    if avis.forme == Avis.Forme.EUROPEENNE:
        demander_la_verification(avis=avis, maintenant=avis.ecrit_le)
    return avis


def _faire_suivre(parution: Parution, avis: Avis, *, par: Acteur, maintenant: datetime) -> Parution:
    """La parution porte désormais cet avis-là, sauf s'il a déjà la sienne dans ce support."""
    parution = verrouiller(parution)
    siennes = avis.parutions.filter(support=parution.support, nom_du_support=parution.nom_du_support)
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


@transaction.atomic
def reecrire_un_avis(*, avis: Avis, apres: Contenu, par: Acteur, maintenant: datetime, tirage: Tirage = uuid4) -> Avis:
    """Réécrit un avis que rien n'a envoyé, avec les faits d'aujourd'hui ; ses parutions qui attendent le suivent."""
    return ecrire_un_avis(
        consultation=avis.consultation,
        contenu=replace(apres, envoi=maintenant, changement=None),
        forme=avis.forme,
        par=par,
        maintenant=maintenant,
        tirage=tirage,
    )


@transaction.atomic
def demander_la_verification(*, avis: Avis, maintenant: datetime) -> VerificationDAvis:
    """Soumet l'avis européen aux contrôles officiels, hors de la requête. Rien de juridique : le journal n'en dit rien."""
    from beffroi.avis.taches import verifier

    neuve = {"demandee_le": maintenant, "faite_le": None, "rapport": None}
    verification, _ = VerificationDAvis.objects.update_or_create(avis=avis, defaults=neuve)
    verifier.enqueue(avis.reference)
    return verification


@transaction.atomic
def noter_la_verification(*, avis: Avis, rapport: dict[str, object], maintenant: datetime) -> None:
    """Garde ce que les contrôles ont dit."""
    VerificationDAvis.objects.filter(avis=avis).update(faite_le=maintenant, rapport=rapport)


@transaction.atomic
def noter_les_coordonnees(
    *, organisme: Organisme, champs: dict[str, str], par: Acteur, maintenant: datetime
) -> CoordonneesDAvis:
    """Garde ce que tout avis de l'organisme répète. Un avis déjà écrit n'en change pas."""
    coordonnees, _ = CoordonneesDAvis.objects.update_or_create(
        organisme=organisme, defaults={**champs, "modifiees_le": maintenant}
    )
    journaliser(
        "avis.noter_les_coordonnees",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"champs": sorted(nom for nom, valeur in champs.items() if valeur)},
    )
    return coordonnees


@transaction.atomic
def rectifier_un_avis(
    *,
    avis: Avis,
    apres: Contenu,
    explication: str,
    par: Acteur,
    maintenant: datetime,
    dossier_modifie_le: date | None = None,
    tirage: Tirage = uuid4,
) -> Avis:
    """Écrit l'avis rectificatif : ce qui change depuis l'avis envoyé, et pourquoi."""
    exiger(rules.peut_etre_change(envoye=queries.est_envoye(avis)))
    avant, apres = replace(avis.structure, changement=None), replace(apres, envoi=maintenant, changement=None)
    try:
        contenu = differences.rectifier(
            avant,
            apres,
            avis_publie=f"{avis.identifiant}-{VERSION}",
            explication=explication,
            dossier_modifie_le=dossier_modifie_le,
        )
        texte = differences.texte_rectificatif(
            avant, apres, publie=queries.publication_de(avis), motif=explication, dossier_modifie_le=dossier_modifie_le
        )
    except differences.RienNeChange as rien:
        raise RegleEnfreinte(str(rien)) from rien
    return ecrire_un_avis(
        consultation=avis.consultation,
        contenu=contenu,
        forme=avis.forme,
        par=par,
        maintenant=maintenant,
        texte=texte,
        change=avis,
        tirage=tirage,
    )


@transaction.atomic
def annuler_un_avis(*, avis: Avis, motif: str, par: Acteur, maintenant: datetime, tirage: Tirage = uuid4) -> Avis:
    """Écrit l'avis d'annulation : la procédure s'arrête, et l'on dit pourquoi (CCP, art. R. 2185-1)."""
    exiger(rules.peut_etre_change(envoye=queries.est_envoye(avis)))
    avant = replace(avis.structure, changement=None)
    return ecrire_un_avis(
        consultation=avis.consultation,
        contenu=differences.annuler(
            avant, avis_publie=f"{avis.identifiant}-{VERSION}", explication=motif, envoi=maintenant
        ),
        forme=avis.forme,
        par=par,
        maintenant=maintenant,
        texte=differences.texte_d_annulation(avant, publie=queries.publication_de(avis), motif=motif, envoi=maintenant),
        change=avis,
        tirage=tirage,
    )


def _sorte(contenu: Contenu) -> str:
    if contenu.changement is None:
        return Avis.Sorte.INITIAL
    return Avis.Sorte.ANNULATION if contenu.changement.est_une_annulation else Avis.Sorte.RECTIFICATIF


@transaction.atomic
def preparer_une_parution(
    *, avis: Avis, support: str, voie: str, par: Acteur, maintenant: datetime, nom_du_support: str = ""
) -> Parution:
    """Dit où l'avis paraîtra, et qui l'enverra."""
    exiger(queries.peut_partir(avis))
    if support == Parution.Support.JOUE and avis.forme != Avis.Forme.EUROPEENNE:
        raise RegleEnfreinte("Le JOUE ne reçoit que des avis européens. Écrivez l'avis sous cette forme.")
    parution = Parution.objects.create(
        avis=avis, support=support, nom_du_support=nom_du_support.strip(), voie=voie, preparee_le=maintenant
    )
    journaliser(
        "parution.preparer",
        sujet=parution.reference,
        organisme=parution.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"avis": avis.reference, "support": support, "nom": parution.support_lisible, "voie": voie},
    )
    return parution


@transaction.atomic
def demander_l_envoi(*, parution: Parution, par: Acteur, maintenant: datetime) -> Parution:
    """Confie l'envoi à la plateforme : il part après la transaction, et recommence tant qu'il le faut."""
    parution = verrouiller(parution)
    _exiger_le_tour(parution, maintenant=maintenant)
    exiger(queries.peut_partir(parution.avis))
    if parution.voie == Parution.Voie.MANUELLE:
        raise RegleEnfreinte("Cet avis s'envoie à la main. Téléchargez-le, envoyez-le, puis joignez la preuve.")
    parution = franchir(parution, "demander_l_envoi", par=par, le=maintenant, motif_du_refus="")
    _enfiler(parution)
    return parution


@transaction.atomic
def relancer_l_envoi(*, parution: Parution, par: Acteur, maintenant: datetime) -> Parution:
    """Recommence un envoi que la file a abandonné ; le support reconnaît la même clé."""
    if parution.etat == Parution.Etat.EN_ENVOI:
        _exiger_le_tour(parution, maintenant=maintenant)
        exiger(rules.peut_etre_relance(abandonne=queries.envoi_abandonne(parution)))
    parution = franchir(parution, "relancer_l_envoi", par=par, le=maintenant)
    _enfiler(parution)
    return parution


def _enfiler(parution: Parution) -> None:
    from beffroi.avis.taches import transmettre

    transmettre.enqueue(parution.reference)


@transaction.atomic
def noter_l_envoi(*, parution: Parution, accuse: AccuseDEnvoi, maintenant: datetime) -> Parution:
    """L'envoi a réussi : sa date, son numéro, sa preuve (CCP, art. R. 2131-19). Une seconde fois ne change rien."""
    parution = verrouiller(parution)
    if parution.etat != Parution.Etat.EN_ENVOI:
        return parution
    preuve = _garder(accuse.preuve, accuse.nom_de_la_preuve)
    parution = franchir(
        parution,
        "noter_l_envoi",
        par=PLATEFORME,
        le=maintenant,
        donnees={"envoyee_le": accuse.envoye_le.isoformat(), "numero": accuse.numero, **_dite(preuve)},
        envoyee_le=accuse.envoye_le,
        numero=accuse.numero,
        **preuve,
    )
    evenements.publier(ParutionEnvoyee(parution, par=PLATEFORME, le=maintenant))
    return parution


@transaction.atomic
def declarer_l_envoi(
    *, parution: Parution, envoyee_le: datetime, preuve: bytes, nom: str, par: Acteur, maintenant: datetime
) -> Parution:
    """La personne a envoyé l'avis elle-même, et en joint la preuve (CCP, art. R. 2131-19).

    Réécrit depuis cet envoi, l'avis parti est celui d'alors : son rectificatif, ou son annulation, se rédige aussitôt.
    """
    _exiger_le_tour(parution, maintenant=envoyee_le)
    d_alors = queries.avis_d_alors(parution.avis, le=envoyee_le)
    if d_alors != parution.avis:
        parution = _faire_suivre(parution, d_alors, par=par, maintenant=maintenant)
    exiger(
        rules.peut_declarer_l_envoi(
            envoyee_le=envoyee_le, ecrit_le=parution.avis.ecrit_le, preuve=len(preuve), maintenant=maintenant
        )
    )
    gardee = _garder(preuve, nom)
    parution = franchir(
        parution,
        "declarer_l_envoi",
        par=par,
        le=maintenant,
        donnees={"envoyee_le": envoyee_le.isoformat(), **_dite(gardee)},
        envoyee_le=envoyee_le,
        motif_du_refus="",
        **gardee,
    )
    evenements.publier(ParutionEnvoyee(parution, par=par, le=maintenant))
    _rattraper(parution)
    return parution


@transaction.atomic
def confirmer_la_reception(
    *, parution: Parution, recue_le: datetime, numero: str, par: Acteur, maintenant: datetime
) -> Parution:
    """Le support confirme qu'il a reçu l'avis : au JOUE, les 48 heures commencent (CCP, art. R. 2131-20)."""
    _exiger_une_date_possible(parution, recue_le, maintenant=maintenant)
    return franchir(
        parution,
        "confirmer_la_reception",
        par=par,
        le=maintenant,
        donnees={"recue_le": recue_le.isoformat(), "numero": numero},
        confirmee_le=recue_le,
        numero=numero.strip(),
    )


@transaction.atomic
def constater_la_parution(
    *, parution: Parution, parue_le: datetime, numero: str, adresse: str, par: Acteur, maintenant: datetime
) -> Parution:
    """L'avis est paru : quand, sous quel numéro, à quelle adresse."""
    _exiger_une_date_possible(parution, parue_le, maintenant=maintenant)
    return franchir(
        parution,
        "constater_la_parution",
        par=par,
        le=maintenant,
        donnees={"parue_le": parue_le.isoformat(), "numero": numero, "adresse": adresse},
        parue_le=parue_le,
        numero=numero.strip() or parution.numero,
        adresse=adresse,
    )


@transaction.atomic
def constater_le_refus(*, parution: Parution, motif: str, par: Acteur, maintenant: datetime) -> Parution:
    """Le support refuse l'avis : son motif reste, la preuve de ce premier envoi aussi, au journal et au stockage."""
    exiger(rules.peut_refuser(motif=motif))
    parution = verrouiller(parution)
    refusee = franchir(
        parution,
        "constater_le_refus",
        par=par,
        le=maintenant,
        donnees={
            "motif": motif.strip(),
            "envoyee_le": parution.envoyee_le.isoformat() if parution.envoyee_le else None,
            "preuve": {"cle": parution.preuve_cle, "sha256": parution.preuve_sha256},
        },
        motif_du_refus=motif.strip(),
        envoyee_le=None,
        confirmee_le=None,
        preuve_nom="",
        preuve_sha256="",
        preuve_cle="",
    )
    evenements.publier(ParutionRefusee(refusee, par=par, le=maintenant))
    _rattraper(refusee)
    return refusee


def _rattraper(parution: Parution) -> None:
    """Un envoi ou un refus qui se dit après un changement : ce que ce changement appelle se rédige maintenant."""
    from beffroi.avis.taches import rattraper

    consultation = Consultation.toutes.get(pk=parution.avis.consultation_id)
    if queries.est_depasse(parution.avis, consultation):
        rattraper.enqueue(consultation.reference)


def _exiger_le_tour(parution: Parution, *, maintenant: datetime) -> None:
    """Un support national attend le JOUE (CCP, art. R. 2131-20)."""
    if parution.support != Parution.Support.JOUE:
        exiger(queries.tour_de(parution.avis, maintenant=maintenant))


def _exiger_une_date_possible(parution: Parution, constate_le: datetime, *, maintenant: datetime) -> None:
    parution.refresh_from_db(fields=["envoyee_le"])
    envoyee_le = parution.envoyee_le
    if envoyee_le is not None:
        exiger(rules.peut_constater(envoyee_le=envoyee_le, constate_le=constate_le, maintenant=maintenant))


def _garder(preuve: bytes, nom: str) -> dict[str, str]:
    """Garde la pièce qui prouve l'envoi, durablement, avant que l'envoi ne compte."""
    cle = nouvelle_cle("preuves")
    ecrit = stockage().ecrire(cle, BytesIO(preuve))
    return {"preuve_cle": cle, "preuve_sha256": ecrit.sha256, "preuve_nom": nom[:255]}


def _dite(preuve: dict[str, str]) -> dict[str, object]:
    return {"preuve": {"nom": preuve["preuve_nom"], "sha256": preuve["preuve_sha256"]}}
