"""Le procès-verbal :
ce que la séance a fait, dans l'ordre, sans rien que la plateforme ait jugé.
"""

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.niveaux.queries import identites
from beffroi.reponse.depots import queries as depots
from beffroi.seance.antivirus import queries as constats_de_l_antivirus
from beffroi.seance.antivirus.rules import AUCUN
from beffroi.seance.ouverture import commission as commissions
from beffroi.seance.ouverture import queries as seances
from beffroi.seance.ouverture import retards
from beffroi.seance.ouverture.ecrans import Tableau
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.queries import places_de
from beffroi.seance.proces_verbaux import queries
from beffroi.socle.fondations import exploitant
from beffroi.socle.fondations.version import version_du_logiciel
from beffroi.socle.journal.queries import derniere_tete_signee, racine_signee
from formats import dates, pluriels
from formats import proces_verbal as format_du_pv

POLITIQUES = {
    PaireDeCles.Politique.STANDARD: (
        "Standard : une personne sur {membres} tourne sa clé, deux personnes confirment."
    ),
    PaireDeCles.Politique.DOUBLE: (
        "Double contrôle : deux personnes sur {membres} tournent leur clé."
    ),
}


def composer(seance: Seance, *, etabli_le: datetime) -> format_du_pv.ProcesVerbal:
    """Le procès-verbal à cet instant ; avant la clôture, c'est un aperçu."""
    consultation = seance.consultation
    ouvertures = seances.ouvertures_de(seance)
    return format_du_pv.ProcesVerbal(
        reference=seance.reference,
        consultation=format_du_pv.ConsultationOuverte(
            reference=consultation.reference,
            titre=consultation.titre,
            objet=consultation.objet,
            acheteur=consultation.organisme.nom,
            date_limite=seance.limite,
        ),
        exploitant=exploitant.nom(etabli_le),
        lieu=seance.lieu,
        ouverte_le=seance.ouverte_le or etabli_le,
        close_le=seance.close_le or etabli_le,
        membres=membres(seance),
        politique_de_cles=politique(seance),
        tours_de_cle=tuple(
            format_du_pv.TourDeCle(
                nom=tour["nom"],
                qualite=tour["qualite"],
                tournee_le=datetime.fromisoformat(tour["le"]),
            )
            for tour in seance.tours_de_cle
        ),
        recours_aux_gardiens=seance.demande_ecrite if seance.par_les_gardiens else None,
        depots=depots_inscrits(seance, le=etabli_le),
        enveloppes=tuple(
            enveloppe(ouverture) for ouverture in ouvertures if ouverture.ouverte_le is not None
        ),
        hors_delai=hors_delai(ouvertures, date_limite=seance.limite),
        incidents=incidents(seance),
        remarques=tuple(
            f"{note['par']} : {note['texte']}" for note in remarques(seance, le=etabli_le)
        ),
        version_du_logiciel=version_du_logiciel(),
        empreintes=tuple(empreintes(seance)),
        etabli_le=etabli_le,
        antivirus=antivirus(ouvertures),
        autres_signataires=autres_signataires(seance),
    )


def empreintes(seance: Seance) -> Iterator[tuple[str, str]]:
    """Les clés publiées, et le journal tel qu'il était signé avant la
    clôture : de quoi tout revérifier.
    """
    for sorte, paire in seance.paires_de_cles.items():
        yield f"Clé des {sorte}s", paire.empreinte
    tete = derniere_tete_signee()
    if tete is not None:
        yield f"Journal, {tete.taille} lignes signées", racine_signee(tete)


def membres(seance: Seance) -> tuple[format_du_pv.Membre, ...]:
    presents = [place for place in places_de(seance) if place.connecte_le is not None]
    return tuple(
        format_du_pv.Membre(
            nom=f"{place.nom}, préside"
            if place.utilisateur_id == seance.presidee_par_id
            else place.nom,
            qualite=place.qualite,
            declaration=(
                f"Aucun lien avec les entreprises, déclaré à {dates.heure(place.sans_conflit_le)}"
                if place.sans_conflit_le
                else "Assiste, sans déclaration"
            ),
        )
        for place in presents
    )


def autres_signataires(seance: Seance) -> tuple[tuple[str, str], ...]:
    """Les membres de la commission qui n'ont pas d'appareil à la table : ils signent aussi."""
    a_table = set(queries.noms_a_table(seance))
    return tuple(
        (nom, "commission d'appel d'offres")
        for nom in queries.signataires_attendus(seance)
        if nom not in a_table
    )


def politique(seance: Seance) -> str:
    if seance.par_les_gardiens:
        return f"Recouvrement : {seances.seuil_de(seance)} gardiens tournent leur clé."
    modele = POLITIQUES[PaireDeCles.Politique(seance.consultation.politique_de_cles)]
    return modele.format(membres=seance.consultation.membres_qui_ouvrent.count())


def depots_inscrits(seance: Seance, *, le: datetime) -> tuple[format_du_pv.DepotInscrit, ...]:
    """Le registre, et ce qui était établi de chacun à l'heure de son dépôt : un fait, qui n'écarte
    personne.
    """
    lignes = depots.registre_des_depots(seance.consultation, le=le)
    sus = identites([ligne.pli for ligne in lignes if ligne.pli], le=le)
    return tuple(
        format_du_pv.DepotInscrit(
            recepisse=ligne.reference,
            entreprise=ligne.deposant,
            recu_le=ligne.recu_le,
            hors_delai=ligne.hors_delai,
            support=ligne.sorte,
            identite=f"Identité : {sus[ligne.pli.pk].au_depot.phrase}." if ligne.pli else "",
        )
        for ligne in lignes
        # Le procès-verbal d'un tour ne redit pas les dépôts des autres temps de la procédure.
        if ligne.pli is None or ligne.pli.tour_id == seance.tour_id
    )


def enveloppe(ouverture: OuverturePli) -> format_du_pv.EnveloppeOuverte:
    return format_du_pv.EnveloppeOuverte(
        entreprise=ouverture.pli.equipe.nom,
        recepisse=ouverture.pli.reference,
        enveloppe=ouverture.enveloppe.sorte,
        lot=ouverture.enveloppe.lot,
        recu_le=ouverture.pli.recu_le,
        ouverte_le=ouverture.ouverte_le or ouverture.pli.recu_le,
        empreinte_du_depot=ouverture.pli.accuse.empreinte,
        pieces=tuple(
            format_du_pv.PieceOuverte(
                nom=f.nom, taille=f.taille, sha256=f.sha256, intacte=f.conforme
            )
            for f in ouverture.fichiers.all()
        ),
        anomalies=tuple(ouverture.anomalies),
        precisions=tuple(ouverture.precisions),
        observations=tuple(f"{note['par']} : {note['texte']}" for note in ouverture.observations),
    )


def antivirus(ouvertures: list[OuverturePli]) -> str:
    """Ce que l'antivirus avait vu à cet instant ;
    ce qu'il verra ensuite est au journal, pas ici.
    """
    fichiers = [fichier for ouverture in ouvertures for fichier in ouverture.fichiers.all()]
    vu = constats_de_l_antivirus.bilan(fichiers)
    if len(vu.non_analyses) == len(fichiers) and {motif for _, motif in vu.non_analyses} <= {AUCUN}:
        return "Aucun antivirus n'est relié : les fichiers n'ont pas été analysés."
    phrases = [
        pluriels.compter(vu.sains, "fichier sain", "fichiers sains"),
        *(
            f"« {fichier.nom} » infecté ({menace}), mis en quarantaine"
            for fichier, menace in vu.infectes
        ),
        *(f"« {fichier.nom} » non analysé : {motif}" for fichier, motif in vu.non_analyses),
        *(
            [pluriels.compter(vu.attendus, "fichier encore à lire", "fichiers encore à lire")]
            if vu.attendus
            else []
        ),
    ]
    return f"Antivirus : {' ; '.join(phrases)}."


def hors_delai(
    ouvertures: list[OuverturePli], *, date_limite: datetime
) -> tuple[format_du_pv.PliHorsDelai, ...]:
    par_pli = {ouverture.pli_id: ouverture for ouverture in ouvertures if ouverture.decision}
    return tuple(
        format_du_pv.PliHorsDelai(
            entreprise=ouverture.pli.equipe.nom,
            recepisse=ouverture.pli.reference,
            recu_le=ouverture.pli.recu_le,
            preuves=retards.preuves_du_retard(ouverture.pli, date_limite=date_limite),
            decision=ouverture.get_decision_display(),
            motif=ouverture.motif_de_la_decision,
        )
        for ouverture in par_pli.values()
    )


def etat_des_retards(tableau: Tableau) -> str:
    """Ce qui est vrai des retards à cet instant :
    aucun, à décider, décidés, ou l'affaire d'une autre séance.
    """
    if tableau.seance.motif != Seance.Motif.OUVERTURE:
        return "La première séance en a décidé"
    decidees, a_decider = len(tableau.decidees), len(tableau.hors_delai)
    if not decidees + a_decider:
        return "Aucune n'est arrivée après l'heure limite"
    restent = f", {a_decider} à décider" if a_decider else ""
    return (
        f"{decidees + a_decider} au registre : "
        f"{decidees} décidée{'s' if decidees > 1 else ''}{restent}"
    )


def incidents(seance: Seance) -> tuple[format_du_pv.Incident, ...]:
    return tuple(
        format_du_pv.Incident(survenu_le=datetime.fromisoformat(fait["le"]), texte=fait["texte"])
        for fait in seance.incidents
    )


def remarques(seance: Seance, *, le: datetime) -> list[dict[str, str]]:
    """Les remarques, précédées de la commission constatée et de la raison d'une
    ouverture complémentaire.
    """
    ecrites = [
        *commissions.remarques(seance, le=le),
        *soumissionnaires(seance),
        *seance.remarques,
    ]
    if not seance.justification:
        return ecrites
    motif = {"par": "Raison de l'ouverture complémentaire", "texte": seance.justification}
    return [motif, *ecrites]


def soumissionnaires(seance: Seance) -> Iterator[dict[str, str]]:
    """Ce que l'acheteur a dit, avant d'ouvrir, d'équipes qui disent la même entreprise."""
    for dit in depots.soumissionnaires_dits_de(seance.consultation, seance.tour):
        equipes = ", ".join(dit.equipes)
        yield {"par": f"{str(dit).capitalize()} ({equipes})", "texte": dit.motif}


def document(pv: format_du_pv.ProcesVerbal) -> dict[str, Any]:
    """Le procès-verbal en JSON, pour la base : les mêmes faits que le PDF."""
    return dict(_simple(dataclasses.asdict(pv)))


def _simple(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _simple(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_simple(v) for v in valeur]
    if isinstance(valeur, bytes):
        return valeur.hex()
    return valeur.isoformat() if isinstance(valeur, datetime) else valeur
