"""Changer le dossier publié :
préparer ce qui change, le lire, puis publier une version numérotée, d'un seul acte.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.events import ConsultationModifiee, DocumentModifie
from beffroi.achat.consultations.models import ChangementPublie, Consultation, PieceDce
from beffroi.achat.consultations.rules import documents as regles_des_documents
from beffroi.achat.consultations.rules import publication
from beffroi.achat.consultations.services.delai import repousser
from beffroi.achat.consultations.services.documents import garder_les_octets
from beffroi.achat.consultations.services.dossier import remettre_l_archive
from beffroi.achat.consultations.services.publication import annoncer
from beffroi.achat.dossiers import queries
from beffroi.achat.dossiers.models import ModificationDuDossier, VersionDuDossier
from beffroi.achat.dossiers.rules import prolongation
from beffroi.achat.dossiers.rules import versions as rules
from beffroi.achat.dossiers.services.comparaison import comparer_les_textes_de
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import jour_et_heure

Nature = ModificationDuDossier.Nature


@dataclass(frozen=True)
class Fichier:
    """Un document tel que la personne le choisit."""

    nom: str
    flux: BinaryIO
    sorte: str = PieceDce.Sorte.AUTRE
    intitule: str = ""


@dataclass(frozen=True)
class Annonce:
    """Ce que l'acheteur dit de sa version, et ce qu'il fait du délai."""

    explication: str
    portee: str
    nouvelle_limite: datetime | None = None
    motif_sans_prolongation: str = ""


@transaction.atomic
def preparer_un_ajout(
    *, consultation: Consultation, fichier: Fichier, par: Acteur, maintenant: datetime
) -> ModificationDuDossier:
    """Un document de plus dans la prochaine version ; personne ne le voit encore."""
    return _preparer(consultation, Nature.AJOUT, None, fichier, par=par, maintenant=maintenant)


@transaction.atomic
def preparer_un_remplacement(
    *, piece: PieceDce, fichier: Fichier, par: Acteur, maintenant: datetime
) -> ModificationDuDossier:
    """Une version nouvelle de ce document ; l'ancienne restera lisible (fiabilité, C6)."""
    modification = _preparer(
        piece.consultation, Nature.REMPLACEMENT, piece, fichier, par=par, maintenant=maintenant
    )
    comparer_les_textes_de.enqueue(modification.reference)
    return modification


@transaction.atomic
def preparer_un_retrait(
    *, piece: PieceDce, par: Acteur, maintenant: datetime
) -> ModificationDuDossier:
    """Ce document ne comptera plus dans la prochaine version ; il restera lisible."""
    return _preparer(
        piece.consultation, Nature.RETRAIT, piece, None, par=par, maintenant=maintenant
    )


def _preparer(
    consultation: Consultation,
    nature: str,
    ancienne: PieceDce | None,
    fichier: Fichier | None,
    *,
    par: Acteur,
    maintenant: datetime,
) -> ModificationDuDossier:
    cle, taille, sha256 = garder_les_octets(fichier.nom, fichier.flux) if fichier else ("", 0, "")
    consultation = _modifiable(consultation, maintenant=maintenant)
    if ancienne is not None:
        _exiger_en_vigueur(consultation, ancienne)
    nom = regles_des_documents.nom_sur(fichier.nom) if fichier else ""
    origine = ancienne or PieceDce(
        sorte=fichier.sorte if fichier else "", intitule=fichier.intitule if fichier else ""
    )
    modification = ModificationDuDossier.objects.create(
        consultation=consultation,
        nature=nature,
        ancienne=ancienne,
        sorte=origine.sorte,
        intitule=origine.intitule.strip() or PieceDce.Sorte(origine.sorte).label,
        nom=nom,
        taille=taille,
        sha256=sha256,
        cle_de_stockage=cle,
        preparee_le=maintenant,
    )
    _journaliser(
        consultation,
        "consultation.preparer_un_changement",
        par=par,
        maintenant=maintenant,
        **_dite(modification),
    )
    return modification


def _modifiable(consultation: Consultation, *, maintenant: datetime) -> Consultation:
    consultation = verrouiller(consultation)
    exiger(
        publication.peut_changer_un_document(
            etat=consultation.etat, limite=consultation.date_limite_remise, maintenant=maintenant
        )
    )
    return consultation


def _exiger_en_vigueur(consultation: Consultation, piece: PieceDce) -> None:
    if not consultations.pieces_en_vigueur(consultation).filter(pk=piece.pk).exists():
        raise ConflitEtat("Ce document a déjà été remplacé ou retiré. Rechargez la page.")
    if queries.modifications_preparees(consultation).filter(ancienne=piece).exists():
        raise ConflitEtat("Un changement de ce document est déjà préparé. Défaites-le d'abord.")


@transaction.atomic
def defaire_un_changement(
    *, modification: ModificationDuDossier, par: Acteur, maintenant: datetime
) -> None:
    """Renonce à un changement préparé ; ses octets partent quand l'acte est acquis."""
    consultation = verrouiller(modification.consultation)
    modification = verrouiller(modification)
    if modification.version_id:
        raise ConflitEtat(
            "Ce changement est publié : il ne se défait plus. Préparez une autre version."
        )
    ModificationDuDossier.objects.filter(pk=modification.pk).delete()
    _journaliser(
        consultation,
        "consultation.defaire_un_changement",
        par=par,
        maintenant=maintenant,
        **_dite(modification),
    )
    if modification.cle_de_stockage:
        transaction.on_commit(lambda: stockage().supprimer(modification.cle_de_stockage))


@transaction.atomic
def publier_une_version(
    *, consultation: Consultation, annonce: Annonce, par: Acteur, maintenant: datetime
) -> VersionDuDossier:
    """Publie tous les changements préparés et, s'il le faut,
    un délai plus long, en un acte (CCP, art. R. 2151-4).
    """
    consultation = _modifiable(consultation, maintenant=maintenant)
    modifications = list(queries.modifications_preparees(consultation))
    _exiger_publiable(consultation, modifications, annonce, maintenant=maintenant)
    ancienne_limite = consultation.limite
    if annonce.nouvelle_limite:
        repousser(consultation, annonce.nouvelle_limite, maintenant=maintenant)
    version = VersionDuDossier.objects.create(
        consultation=consultation,
        numero=queries.numero_de_la_version(consultation) + 1,
        explication=annonce.explication.strip(),
        portee=annonce.portee,
        ancienne_limite=ancienne_limite,
        nouvelle_limite=annonce.nouvelle_limite,
        motif_sans_prolongation=annonce.motif_sans_prolongation.strip(),
        publiee_le=maintenant,
        archive_precedente=remettre_l_archive(consultation),
    )
    for modification in modifications:
        _appliquer(modification, version)
    _annoncer(version, modifications, par=par)
    return version


def _exiger_publiable(
    consultation: Consultation,
    modifications: Sequence[ModificationDuDossier],
    annonce: Annonce,
    *,
    maintenant: datetime,
) -> None:
    exiger(
        rules.peut_etre_publiee(
            modifications=[modification.nature for modification in modifications],
            documents=consultations.pieces_en_vigueur(consultation).count(),
            explication=annonce.explication,
        )
    )
    appelee = prolongation.prolongation_appelee(
        annonce.portee, delai=queries.delai_de(consultation), maintenant=maintenant
    )
    exiger(
        prolongation.peut_se_passer_de_prolongation(
            appelee=appelee,
            prolongee=annonce.nouvelle_limite is not None,
            motif=annonce.motif_sans_prolongation,
        )
    )


def _appliquer(modification: ModificationDuDossier, version: VersionDuDossier) -> None:
    ancienne = modification.ancienne
    if ancienne and modification.nature == Nature.RETRAIT:
        PieceDce.objects.filter(pk=ancienne.pk).update(retiree_le=version.publiee_le)
    else:
        modification.nouvelle = PieceDce.objects.create(
            consultation=version.consultation,
            sorte=modification.sorte,
            intitule=modification.intitule,
            nom=modification.nom,
            taille=modification.taille,
            sha256=modification.sha256,
            cle_de_stockage=modification.cle_de_stockage,
            version=ancienne.version + 1 if ancienne else 1,
            remplace=ancienne,
            explication=version.explication[:300],
            ajoutee_le=modification.preparee_le,
            publiee_le=version.publiee_le,
            rang=ancienne.rang if ancienne else version.consultation.pieces.count(),
        )
    modification.version = version
    modification.save(update_fields=["version", "nouvelle"])


def _annoncer(
    version: VersionDuDossier, modifications: Sequence[ModificationDuDossier], *, par: Acteur
) -> None:
    """Le changement se dit partout au même instant : journal, page, événement."""
    consultation, le = version.consultation, version.publiee_le
    texte = phrase(version, modifications)
    annoncer(consultation, ChangementPublie.Sorte.DOCUMENT, texte, maintenant=le)
    nouvelle = version.nouvelle_limite
    _journaliser(
        consultation,
        "consultation.publier_une_version",
        par=par,
        maintenant=le,
        version=version.numero,
        explication=version.explication,
        portee=version.portee,
        documents=[_dite(modification) for modification in modifications],
        ancienne_limite=version.ancienne_limite.isoformat(),
        nouvelle_limite=nouvelle.isoformat() if nouvelle else "",
        motif_sans_prolongation=version.motif_sans_prolongation,
    )
    evenements.publier(
        ConsultationModifiee(
            reference=consultation.reference,
            sorte=ChangementPublie.Sorte.DOCUMENT,
            texte=texte,
            le=le,
            nouvelle_limite=nouvelle,
            version=version.numero,
            documents=tuple(_evenement(modification) for modification in modifications),
        )
    )


def phrase(version: VersionDuDossier, modifications: Sequence[ModificationDuDossier]) -> str:
    """« Version 2 du dossier. Remplacé : Règlement. L'heure limite passe au … »."""
    faits = [
        f"{nature.label} : {', '.join(modification.intitule for modification in de_cette_nature)}."
        for nature in Nature
        if (de_cette_nature := [m for m in modifications if m.nature == nature])
    ]
    limite = version.nouvelle_limite
    delai = [f"L'heure limite passe au {jour_et_heure(limite)}."] if limite else []
    return " ".join([f"Version {version.numero} du dossier.", version.explication, *delai, *faits])


def _dite(modification: ModificationDuDossier) -> dict[str, Any]:
    """La modification, telle que le journal la retient."""
    ancienne = modification.ancienne
    return {
        "nature": modification.nature,
        "intitule": modification.intitule,
        "nom": modification.nom,
        "taille": modification.taille,
        "sha256": modification.sha256,
        "avant": {"document": ancienne.reference, "nom": ancienne.nom, "sha256": ancienne.sha256}
        if ancienne
        else {},
    }


def _evenement(modification: ModificationDuDossier) -> DocumentModifie:
    ancienne = modification.ancienne
    return DocumentModifie(
        nature=modification.nature,
        intitule=modification.intitule,
        nom_avant=ancienne.nom if ancienne else "",
        sha256_avant=ancienne.sha256 if ancienne else "",
        nom=modification.nom,
        taille=modification.taille,
        sha256=modification.sha256,
    )


def _journaliser(
    consultation: Consultation, acte: str, *, par: Acteur, maintenant: datetime, **donnees: object
) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees=donnees,
    )
