"""Les lettres d'un choix :
préparées d'après les décisions, relues une à une, et parties toutes ensemble.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import attentes, queries, redaction
from beffroi.choix.attribution.events import AttributionNotifiee
from beffroi.choix.attribution.models import Lettre, SuiteDonnee
from beffroi.choix.attribution.queries import classement
from beffroi.choix.attribution.rules import lettres as rules
from beffroi.choix.attribution.rules.lettres import FaitsDeLEnvoi
from beffroi.choix.attribution.rules.suspension import Suspension
from beffroi.choix.attribution.soumissionnaires import Soumissionnaire
from beffroi.choix.echanges import services as echanges
from beffroi.choix.echanges.models import Courrier, Exemplaire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser
from droit.calendrier.heures import PARIS
from formats import dates

Issue, Voie = SuiteDonnee.Issue, Lettre.Voie
SUJET = "Consultation [consultation] : résultat"


@transaction.atomic
def preparer_les_lettres(
    *, consultation: Consultation, par: Utilisateur, maintenant: datetime
) -> list[Lettre]:
    """Écrit une lettre par entreprise à prévenir, pour tous les lots décidés ; rien ne part.

    Refaire efface les retouches.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    lignes = [
        ligne for ligne in queries.attributions_de(consultation, le=maintenant) if ligne.attribution
    ]
    a_dire = [(ligne, s) for ligne in lignes if not ligne.proposition for s in ligne.a_prevenir]
    if not a_dire:
        raise ConflitEtat(
            "Aucune lettre n'est à écrire : rien n'est décidé, "
            "ou chaque entreprise est déjà prévenue."
        )
    _oublier_les_projets(consultation)
    contexte = redaction.Contexte(
        consultation, attentes.lots_qui_attendent(lignes), maintenant.astimezone(PARIS).date()
    )
    vague = 1 + max(queries.lettres_de(consultation).values_list("vague", flat=True), default=0)
    lettres: dict[int, Lettre] = {}
    suites: dict[int, list[SuiteDonnee]] = {}
    for ligne, soumissionnaire in a_dire:
        equipe = soumissionnaire.equipe
        if equipe.pk not in lettres:
            lettres[equipe.pk] = Lettre(
                consultation=consultation,
                equipe=equipe,
                vague=vague,
                redigee_le=maintenant,
            )
        if soumissionnaire.scelle:
            lettres[equipe.pk].voie = Voie.AUTRE
        suites.setdefault(equipe.pk, []).append(_suite(consultation, ligne, soumissionnaire))
    for cle, lettre in lettres.items():
        lettre.texte = redaction.ecrire(contexte, lettre, suites[cle])
        lettre.save()
        for suite in suites[cle]:
            suite.lettre = lettre
            suite.save()
    _journaliser(
        consultation,
        "attribution.preparer_les_lettres",
        par=par,
        le=maintenant,
        lettres=list(lettres.values()),
    )
    return list(lettres.values())


def _oublier_les_projets(consultation: Consultation) -> None:
    projets = Lettre.objects.filter(consultation=consultation, envoyee_le=None)
    SuiteDonnee.objects.filter(lettre__in=projets).delete()
    projets.delete()


def _suite(
    consultation: Consultation, ligne: queries.LotAttribue, qui: Soumissionnaire
) -> SuiteDonnee:
    """Ce que l'analyse sait d'elle, sinon ce qui l'a écartée ; le reste s'écrit à la relecture."""
    attribution = ligne.attribution
    place = classement.meilleure_place(consultation, ligne.lot, pli=qui.pli)
    if attribution is None or not attribution.est_attribuee:
        issue = Issue.SANS_SUITE
    else:
        issue = Issue.RETENUE if attribution.retenue_de(qui.pli) else Issue.REJETEE
    return SuiteDonnee(
        attribution=attribution,
        pli=qui.pli,
        issue=issue,
        rang=place.rang if place else None,
        note=place.note.quantize(Decimal("0.001")) if place and place.note is not None else None,
        notes=place.notes if place else [],
        elimination=(place.elimination if place else "")
        or ("candidature écartée" if qui.ecartee else ""),
        motif=(place.motif if place else "") or qui.ecartee if issue == Issue.REJETEE else "",
    )


# ---------------------------------------------------------------- relire


@dataclass(frozen=True)
class FaitsDUneSuite:
    """Ce que l'acheteur dit d'une offre non retenue, quand l'analyse ne l'a pas dit."""

    rang: int | None
    note: Decimal | None
    motif: str
    elimination: str = ""


@dataclass(frozen=True)
class Relecture:
    """La lettre relue : son texte, et par où elle part."""

    texte: str
    voie: str = Voie.ELECTRONIQUE
    postee_le: date | None = None
    preuve_de_l_envoi: str = ""

    @property
    def a_remettre(self) -> bool:
        """Elle part autrement, aujourd'hui ou avant : son texte est à imprimer."""
        return self.voie == Voie.AUTRE and self.postee_le is not None


@transaction.atomic
def preciser(
    *, lettre: Lettre, faits: Mapping[int, FaitsDUneSuite], par: Utilisateur, maintenant: datetime
) -> Lettre:
    """Inscrit la place, la note et le motif de chaque lot,
    par la clé de la suite, et récrit la lettre d'après eux.
    """
    lettre = _a_relire(lettre)
    suites = _suites(lettre)
    for suite in suites:
        if suite.pk in faits and suite.issue == Issue.REJETEE:
            dit = faits[suite.pk]
            suite.rang, suite.note = dit.rang, dit.note
            suite.motif, suite.elimination = dit.motif.strip(), dit.elimination.strip()
            suite.save(update_fields=["rang", "note", "motif", "elimination"])
    lignes = queries.attributions_de(lettre.consultation, le=maintenant)
    jour = maintenant.astimezone(PARIS).date()
    contexte = redaction.Contexte(lettre.consultation, attentes.lots_qui_attendent(lignes), jour)
    lettre.texte = redaction.ecrire(contexte, lettre, suites)
    lettre.relue_par = lettre.relue_le = None
    lettre.save(update_fields=["texte", "relue_par", "relue_le"])
    _journaliser(
        lettre.consultation,
        "attribution.preciser_une_lettre",
        par=par,
        le=maintenant,
        lettres=[lettre],
    )
    return lettre


@transaction.atomic
def relire(
    *, lettre: Lettre, relecture: Relecture, par: Utilisateur, maintenant: datetime
) -> Lettre:
    """Garde le texte relu ; s'il a perdu une mention que la loi exige, le refus dit laquelle.

    Une lettre qui part autrement dit, dès le jour de son départ, le premier jour de signature :
    on la remet telle quelle.
    """
    lettre = _a_relire(lettre)
    suites = _suites(lettre)
    _exiger_un_jour_possible(relecture, suites, le=maintenant.astimezone(PARIS).date())
    autre = relecture.voie == Voie.AUTRE
    lettre.texte, lettre.voie = relecture.texte.strip(), relecture.voie
    lettre.postee_le = relecture.postee_le if autre else None
    lettre.preuve_de_l_envoi = relecture.preuve_de_l_envoi.strip() if autre else ""
    lignes = queries.attributions_de(lettre.consultation, le=maintenant)
    vague = [
        lettre if une.pk == lettre.pk else une
        for une in queries.lettres_a_envoyer(lettre.consultation)
    ]
    calculees = attentes.apres_l_envoi(lettre.consultation, lignes, vague, le=maintenant)
    if lettre.postee_le:
        lettre.texte = attentes.avec_les_jours(lettre.texte, calculees)
    _exiger_complete(lettre, lettre.texte, suites, lignes, calculees)
    lettre.relue_par, lettre.relue_le = par, maintenant
    lettre.save(
        update_fields=["texte", "voie", "postee_le", "preuve_de_l_envoi", "relue_par", "relue_le"]
    )
    _journaliser(
        lettre.consultation,
        "attribution.relire_une_lettre",
        par=par,
        le=maintenant,
        lettres=[lettre],
    )
    return lettre


def _exiger_un_jour_possible(
    relecture: Relecture, suites: Sequence[SuiteDonnee], *, le: date
) -> None:
    if relecture.voie != Voie.AUTRE or relecture.postee_le is None:
        return
    if relecture.postee_le > le:
        raise RegleEnfreinte(
            "Ce jour d'envoi n'est pas encore passé : notez-le quand la lettre est partie."
        )
    decidees = [s.attribution.decidee_le for s in suites if s.attribution.decidee_le]
    if relecture.postee_le < max(decidees).astimezone(PARIS).date():
        raise RegleEnfreinte(
            "La lettre n'a pas pu partir avant la décision qu'elle annonce. "
            "Vérifiez le jour d'envoi."
        )


def _exiger_complete(
    lettre: Lettre,
    texte: str,
    suites: Sequence[SuiteDonnee],
    lignes: Sequence[queries.LotAttribue],
    calculees: Mapping[int | None, Suspension | None],
) -> None:
    """Une lettre d'ici garde la place du jour, remplie à l'envoi ;
    une lettre remise le porte déjà.
    """
    jours = attentes.jours_de(calculees) if lettre.postee_le else {}
    le = lettre.redigee_le.astimezone(PARIS).date()
    contexte = redaction.Contexte(lettre.consultation, attentes.lots_qui_attendent(lignes), le)
    dites = redaction.suites_dites(contexte, suites, jours=jours)
    exiger(
        rules.lettre_complete(texte, rules.exigences(contexte.regime, dites), a=lettre.equipe.nom)
    )


def _a_relire(lettre: Lettre) -> Lettre:
    verrouiller(lettre.consultation)
    lettre = verrouiller(lettre, avec=("consultation__organisme", "equipe"))
    if lettre.envoyee_le:
        raise ConflitEtat("Cette lettre est partie : elle ne change plus.")
    return lettre


def _suites(lettre: Lettre) -> list[SuiteDonnee]:
    return list(
        lettre.suites.select_related("attribution__pli__equipe", "pli__equipe").order_by(
            "attribution__lot"
        )
    )


# ---------------------------------------------------------------- envoyer


@transaction.atomic
def envoyer_les_lettres(
    *, consultation: Consultation, par: Utilisateur, maintenant: datetime
) -> list[Lettre]:
    """Remet toutes les lettres d'un seul acte : une transaction, une écriture.
    L'attente court de ce jour.

    Les alertes sont des courriels de la boîte d'envoi (ADR 0025) :
    un serveur en panne les retarde, sans rien couper.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    lettres = list(queries.lettres_a_envoyer(consultation))
    lignes = queries.attributions_de(consultation, le=maintenant)
    exiger(rules.peut_envoyer(faits_de_l_envoi(consultation, lettres, lignes)))
    suites = {lettre.pk: _suites(lettre) for lettre in lettres}
    calculees = attentes.apres_l_envoi(consultation, lignes, lettres, le=maintenant)
    for lettre in lettres:
        _exiger_complete(lettre, lettre.texte, suites[lettre.pk], lignes, calculees)
    for lettre in lettres:
        lettre.texte = attentes.avec_les_jours(lettre.texte, calculees)
        lettre.envoyee_par, lettre.envoyee_le = par, maintenant
    _remettre(consultation, lettres, calculees, par=par, maintenant=maintenant)
    _noter_l_attribution(consultation, par=par, maintenant=maintenant)
    _annoncer(
        consultation,
        {s.attribution_id for siennes in suites.values() for s in siennes},
        maintenant=maintenant,
    )
    return lettres


def faits_de_l_envoi(
    consultation: Consultation, lettres: Sequence[Lettre], lignes: Sequence[queries.LotAttribue]
) -> FaitsDeLEnvoi:
    derniere = None if lettres else queries.lettres_de(consultation).order_by("-envoyee_le").first()
    deja = (
        f"Ces lettres sont déjà parties, envoyées par {derniere.envoyee_par.nom}, "
        f"le {dates.jour_et_heure(derniere.envoyee_le)}."
        if derniere and derniere.envoyee_par and derniere.envoyee_le
        else ""
    )
    return FaitsDeLEnvoi(
        lettres=len(lettres),
        non_relues=[lettre.equipe.nom for lettre in lettres if lettre.relue_le is None],
        sans_jour_d_envoi=[
            lettre.equipe.nom
            for lettre in lettres
            if not lettre.est_electronique and lettre.postee_le is None
        ],
        propositions=[ligne.nom.lower() for ligne in lignes if ligne.proposition],
        deja=deja,
    )


def _remettre(
    consultation: Consultation,
    lettres: Sequence[Lettre],
    calculees: Mapping[int | None, Suspension | None],
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """Ce qui part autrement s'inscrit avec ce qui part d'ici : la même écriture prouve tout."""
    par_la_messagerie = [lettre for lettre in lettres if lettre.est_electronique]
    for lettre in lettres:
        if not lettre.est_electronique:
            lettre.save(update_fields=["texte", "envoyee_par", "envoyee_le"])
    donnees = {
        "lettres": [
            {"lettre": x.reference, "voie": x.voie, "jour": str(x.jour_d_envoi)} for x in lettres
        ],
        "signable": [
            {"lot": lot, "jour": str(attente.jour) if attente.jour else ""}
            for lot, attente in calculees.items()
            if attente
        ],
    }
    if not par_la_messagerie:
        _journaliser(
            consultation, "attribution.noter_l_envoi", par=par, le=maintenant, lettres=lettres
        )
        return

    def lier(exemplaires: Mapping[int, Exemplaire]) -> None:
        for lettre in par_la_messagerie:
            lettre.exemplaire = exemplaires[lettre.equipe_id]
            lettre.save(update_fields=["texte", "envoyee_par", "envoyee_le", "exemplaire"])

    echanges.remettre_d_un_acte(
        consultation=consultation,
        envoi=echanges.EnvoiGroupe(
            sorte=Courrier.Sorte.RESULTAT,
            sujet=SUJET,
            textes={lettre.equipe: lettre.texte for lettre in par_la_messagerie},
            donnees=donnees,
        ),
        par=par,
        maintenant=maintenant,
        lier=lier,
    )


def _noter_l_attribution(
    consultation: Consultation, *, par: Utilisateur, maintenant: datetime
) -> None:
    """Tous les lots décidés, un au moins attribué : la consultation est attribuée."""
    if consultation.etat != Consultation.Etat.DEPOUILLEE:
        return
    lignes = queries.attributions_de(consultation, le=maintenant)
    if all(ligne.attribution and not ligne.proposition for ligne in lignes):
        franchir(consultation, "attribuer", par=par.acteur, le=maintenant)


def _annoncer(consultation: Consultation, attributions: set[int], *, maintenant: datetime) -> None:
    for ligne in queries.attributions_de(consultation, le=maintenant):
        if (
            ligne.attribution
            and ligne.attribution.pk in attributions
            and ligne.attribution.est_attribuee
        ):
            evenements.publier(
                AttributionNotifiee(
                    consultation=consultation.reference,
                    lot=ligne.lot,
                    attribution=ligne.attribution.reference,
                    le=maintenant,
                    signable_le=ligne.signable_le,
                )
            )


def _journaliser(
    consultation: Consultation,
    acte: str,
    *,
    par: Utilisateur,
    le: datetime,
    lettres: Sequence[Lettre],
) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=le,
        donnees={"lettres": [lettre.reference for lettre in lettres]},
    )
