"""La fiche d'un adhérent, pour qui décroche le téléphone : six blocs, chacun à qui peut le lire."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.consultations.queries.presentation import etat_affiche
from beffroi.centre.adherents import ports, queries
from beffroi.centre.adherents.models import Adherent, NoteDAppel
from beffroi.centre.adherents.permissions import ACTES
from beffroi.centre.adherents.ports import Bloc, Fait
from beffroi.personnes.cles.models import IdentiteDeMembre
from beffroi.personnes.cles.queries import derniers_essais, est_prete, identites_de
from beffroi.personnes.cles.rules import essai_perime
from beffroi.personnes.comptes.queries import sortes_de_second_facteur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import agents_de
from droit.dates import en_toutes_lettres
from formats import dates

Role = Habilitation.Role
LIGNES_AU_PLUS = 12


@dataclass(frozen=True, kw_only=True)
class Personne:
    """Un agent, et ce qui le protège : jamais ce que sa clé ouvre."""

    nom: str
    qualite: str
    roles: Sequence[str]
    facteur: tuple[str, str]
    cle: tuple[str, str]
    vue_le: datetime | None
    ferme: bool


@dataclass(frozen=True, kw_only=True)
class Blocs:
    """Ce que cette personne du centre lit de cet adhérent ; rien là où elle ne lit pas."""

    maintenant: Bloc | None = None
    personnes: Sequence[Personne] | None = None
    convention: Bloc | None = None
    contribution: Bloc | None = None
    demandes: Bloc | None = None
    interventions: Bloc | None = None
    actes: dict[str, bool] = field(default_factory=dict)


def blocs(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Blocs:
    actes = {acte: permet(pour, acte, ACTES) for acte in ACTES}
    organisme = adherent.organisme
    return Blocs(
        maintenant=_maintenant(organisme, le) if actes["voir_les_achats_en_cours"] else None,
        personnes=_personnes(organisme, le) if actes["voir_les_personnes"] else None,
        convention=ports.sa_convention(adherent, pour=pour, le=le),
        contribution=ports.sa_contribution(adherent, pour=pour, le=le),
        demandes=ports.ses_demandes(adherent, pour=pour, le=le),
        interventions=_interventions(adherent, pour, le, lit_les_notes=actes["lire_les_notes"]),
        actes=actes,
    )


def montre_des_achats(lus: Blocs) -> bool:
    """Le bloc « Maintenant » montre au moins un achat : c'est cela que la commune saura."""
    return lus.maintenant is not None and bool(lus.maintenant.faits)


def _maintenant(organisme: Organisme | None, le: datetime) -> Bloc:
    """Des dates et des états : ni offre, ni question, ni note, ni combien ont répondu."""
    if organisme is None:
        return Bloc(sinon="L'activation ouvrira l'organisme : aucun achat avant elle.")
    siens = list(queries.achats_en_cours(organisme)[: LIGNES_AU_PLUS + 1])
    faits = [_achat(consultation, le) for consultation in siens[:LIGNES_AU_PLUS]]
    if len(siens) > LIGNES_AU_PLUS:
        faits.append(
            Fait(quoi="D'autres achats, à une heure limite plus lointaine ou en brouillon.")
        )
    return Bloc(
        faits=faits,
        sinon="Aucun achat en cours.",
    )


def _achat(consultation: Consultation, le: datetime) -> Fait:
    etat = etat_affiche(consultation, le)
    limite = consultation.date_limite_remise
    quand = f"heure limite {dates.jour_et_heure_limite(limite)}" if limite else "sans heure limite"
    lisible = consultation.etat not in NON_PUBLIEES and not consultation.est_reservee
    return Fait(
        quoi=consultation.titre or "Achat sans titre encore",
        dit=f"{consultation.reference}, {quand}",
        ton=etat.ton,
        mot=etat.mot,
        url=f"/consultations/{consultation.reference}/" if lisible else "",
    )


def _personnes(organisme: Organisme | None, le: datetime) -> list[Personne]:
    """Quatre lectures, quel que soit leur nombre."""
    if organisme is None:
        return []
    agents = list(agents_de(organisme, le))
    facteurs = sortes_de_second_facteur([agent.utilisateur_id for agent in agents])
    identites = identites_de([agent.utilisateur for agent in agents])
    essais = derniers_essais([identite.pk for identite in identites.values()])
    return [
        Personne(
            nom=agent.utilisateur.nom,
            qualite=agent.utilisateur.qualite,
            roles=[str(Role(role).label) for role in agent.roles],
            facteur=_facteur(facteurs.get(agent.utilisateur_id, frozenset())),
            cle=_cle(identites.get(agent.utilisateur_id), essais, le),
            vue_le=agent.utilisateur.last_login,
            ferme=not agent.utilisateur.est_actif,
        )
        for agent in agents
    ]


def _facteur(siens: frozenset[str]) -> tuple[str, str]:
    if "webauthn" in siens:
        return "ok", "Clé physique"
    return ("ok", "Téléphone") if siens else ("attention", "Aucun")


def _cle(
    identite: IdentiteDeMembre | None, essais: dict[int, datetime], le: datetime
) -> tuple[str, str]:
    """Le jour du dernier essai réussi ; au-delà de 90 jours, il ne prouve plus rien."""
    if identite is None:
        return "", "–"
    dernier = essais.get(identite.pk)
    if dernier is None or essai_perime(dernier=dernier, maintenant=le) or not est_prete(identite):
        return "attention", "À refaire"
    return "ok", en_toutes_lettres(dernier.astimezone(dates.PARIS).date())


def _interventions(
    adherent: Adherent, pour: Habilitation, le: datetime, *, lit_les_notes: bool
) -> Bloc | None:
    """Ce qui s'est fait chez lui, les écrans montrés, ce qu'on a retenu de ses appels :
    le dernier d'abord.
    """
    interventions = ports.ses_interventions(adherent, pour=pour, le=le)
    if interventions is None and not lit_les_notes:
        return None
    faits = [
        *(interventions.faits if interventions else ()),
        *ports.ses_partages_d_ecran(adherent, pour=pour, le=le),
        *(_note(note) for note in queries.notes_lisibles(adherent) if lit_les_notes),
    ]
    faits.sort(key=lambda fait: fait.le or adherent.cree_le, reverse=True)
    return Bloc(
        faits=faits[:LIGNES_AU_PLUS],
        sinon="Aucune intervention, aucune note.",
        geste=interventions.geste if interventions else None,
    )


def _note(note: NoteDAppel) -> Fait:
    quand = dates.jour_et_heure_limite(note.ecrite_le)
    return Fait(quoi=note.texte, dit=f"note de {note.ecrite_par.nom}, {quand}", le=note.ecrite_le)
