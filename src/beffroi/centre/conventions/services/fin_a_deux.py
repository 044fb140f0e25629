"""Résilier, y renoncer, effacer : ce que le centre fait d'une convention,
une personne le propose, preuve à l'appui, une autre le décide.
"""

from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions.models import Convention, Denonciation, PieceDeConvention
from beffroi.centre.conventions.rules.fin import fin_apres
from beffroi.centre.conventions.services import fin
from beffroi.centre.conventions.services.pieces import Fichier, garder
from beffroi.centre.propositions.models import Proposition
from beffroi.centre.propositions.services import Demande, proposer, retenue
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from droit.dates import en_toutes_lettres

SANS_MOTIF = "La convention ne demande pas que cette résiliation soit motivée."
Sorte = PieceDeConvention.Sorte


@transaction.atomic
def proposer_de_resilier(
    *, convention: Convention, lettre: fin.Lettre, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """Garde la lettre et sa preuve ; rien ne finit tant qu'une autre personne ne l'a pas décidé."""
    convention = verrouiller(convention, avec=("adherent__organisme",))
    if not convention.court:
        raise ConflitEtat("Cette convention ne court plus : il n'y a rien à résilier.")
    fin.exiger_recevable(convention, lettre, a_un_fichier=bool(lettre.preuve.octets), le=maintenant)
    preuve = garder(convention, Sorte.PREUVE_POSTALE, lettre.preuve, maintenant=maintenant)
    effet = fin_apres("centre", recue=lettre.recue_le).effet
    demande = Demande(
        acte=fin.RESILIER,
        sujet=convention.reference,
        siret=convention.organisme_du_journal,
        titre=(
            f"Résilier la convention : {convention.adherent.nom}, avec effet le "
            f"{en_toutes_lettres(effet)}"
        ),
        page=f"/cdg/conventions/{convention.reference}/resiliation/",
        motif=lettre.motif.strip() or SANS_MOTIF,
        donnees={
            "recue_le": lettre.recue_le.isoformat(),
            "premiere_presentation": "oui" if lettre.premiere_presentation else "",
            "motif": lettre.motif.strip(),
            "preuve": preuve.reference,
        },
    )
    return proposer(demande=demande, par=par, maintenant=maintenant)


@transaction.atomic
def resilier(*, convention: Convention, par: Utilisateur, maintenant: datetime) -> Denonciation:
    """La résiliation proposée vaut : la convention finit six mois après la lettre reçue."""
    convention = verrouiller(convention, avec=("adherent__organisme",))
    dit = retenue(
        acte=fin.RESILIER, sujet=convention.reference, par=par, maintenant=maintenant
    ).donnees
    preuve = convention.pieces.get(reference=dit["preuve"])
    lettre = fin.Lettre(
        par="centre",
        recue_le=date.fromisoformat(dit["recue_le"]),
        preuve=Fichier(preuve.nom, b""),
        premiere_presentation=bool(dit["premiere_presentation"]),
        motif=dit["motif"],
    )
    fin.exiger_recevable(convention, lettre, a_un_fichier=True, le=maintenant)
    return fin.noter_la_fin(convention, lettre, preuve, par=par.acteur, maintenant=maintenant)


@transaction.atomic
def proposer_de_renoncer(
    *, convention: Convention, motif: str, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """La résiliation du centre, avant son dernier jour : une erreur, un accord trouvé."""
    denonciation = verrouiller(fin.en_cours(convention))
    if denonciation.par != "centre":
        raise ConflitEtat("Le centre n'a pas résilié cette convention : il n'y renonce pas.")
    demande = Demande(
        acte=fin.RENONCER,
        sujet=convention.reference,
        siret=convention.organisme_du_journal,
        titre=f"Renoncer à résilier la convention : {convention.adherent.nom}",
        page=f"/cdg/conventions/{convention.reference}/renonciation/",
        motif=motif,
    )
    return proposer(demande=demande, par=par, maintenant=maintenant)


@transaction.atomic
def renoncer(*, convention: Convention, par: Utilisateur, maintenant: datetime) -> Convention:
    """La convention court de nouveau. La lettre notée reste lisible."""
    denonciation = verrouiller(fin.en_cours(convention))
    proposition = retenue(
        acte=fin.RENONCER, sujet=convention.reference, par=par, maintenant=maintenant
    )
    return fin.annuler(denonciation, motif=proposition.motif, par=par.acteur, maintenant=maintenant)


@transaction.atomic
def proposer_d_effacer(
    *,
    convention: Convention,
    le: date,
    fichier: Fichier | None,
    par: Utilisateur,
    maintenant: datetime,
) -> Proposition:
    """Le certificat est prêt : une autre personne dit s'il se délivre."""
    denonciation = verrouiller(fin.en_cours(convention))
    fin.exiger_cette_etape(denonciation, "efface_le", le=le, maintenant=maintenant)
    piece = garder(convention, Sorte.REMISE, fichier, maintenant=maintenant) if fichier else None
    adherent = convention.adherent.nom
    demande = Demande(
        acte=fin.EFFACER,
        sujet=convention.reference,
        siret=convention.organisme_du_journal,
        titre=f"Délivrer le certificat d'effacement : {adherent}, au {en_toutes_lettres(le)}",
        page=f"/cdg/conventions/{convention.reference}/effacement/",
        motif=(
            f"Remis le {_jour(denonciation.remis_le)}, accusé de l'adhérent le "
            f"{_jour(denonciation.accuse_le)}."
        ),
        donnees={"le": le.isoformat(), "piece": piece.reference if piece else ""},
    )
    return proposer(demande=demande, par=par, maintenant=maintenant)


@transaction.atomic
def effacer(*, convention: Convention, par: Utilisateur, maintenant: datetime) -> Denonciation:
    """Le certificat d'effacement est délivré : rien n'en revient."""
    denonciation = verrouiller(fin.en_cours(convention))
    dit = retenue(
        acte=fin.EFFACER, sujet=convention.reference, par=par, maintenant=maintenant
    ).donnees
    le = date.fromisoformat(dit["le"])
    fin.exiger_cette_etape(denonciation, "efface_le", le=le, maintenant=maintenant)
    pieces = list(convention.pieces.filter(reference=dit["piece"]))
    return fin.marquer(
        denonciation, "efface_le", le=le, pieces=pieces, par=par.acteur, maintenant=maintenant
    )


def _jour(le: date | None) -> str:
    return en_toutes_lettres(le) if le else ""
