"""La frise d'une tentative : ce qui a été fait, reçu, écrit et affiché, dans l'ordre.

Ni contenu, ni nom de fichier.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db.models import Count, Max, prefetch_related_objects

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.publicite.retraits.models import RetraitDce
from beffroi.reponse.depots import limits
from beffroi.reponse.depots.models import BrouillonDeReponse, PartieRecue, Pli
from beffroi.reponse.traces import ports
from beffroi.reponse.traces.courriels import courriels_de
from beffroi.reponse.traces.models import Nature, Trace
from beffroi.reponse.traces.ports import Fait
from beffroi.reponse.traces.queries import sans_redite, traces_de
from beffroi.reponse.traces.rules import heure_du_poste, limites_en_phrase
from formats import dates, tailles


def faits_de(
    brouillon: BrouillonDeReponse, plis: Sequence[Pli], *, au: datetime | None = None
) -> list[Fait]:
    """Tout ce que la plateforme sait de cette tentative,
    dans l'ordre, et le texte exact de ce qui a été affiché.

    `au` : ce qu'elle en savait à cette heure. Redit plus tard, c'est le même récit.
    """
    faits = [
        *_du_dossier(brouillon),
        *_de_la_reponse(brouillon),
        *_des_depots(plis),
        *_des_courriels(brouillon, plis),
    ]
    traces = list(traces_de(brouillon, au=au))
    faits += [
        *_des_connexions(traces),
        *(_de_la_trace(trace) for trace in sans_redite(traces)),
        *ports.aides(brouillon),
    ]
    return sorted((fait for fait in faits if au is None or fait.le <= au), key=lambda fait: fait.le)


def _du_dossier(brouillon: BrouillonDeReponse) -> Iterator[Fait]:
    """Quelle version du dossier cette entreprise a téléchargée, quand elle s'est nommée."""
    siens = RetraitDce.objects.filter(
        consultation=brouillon.consultation, retirant__equipe=brouillon.equipe
    )
    for retrait in siens:
        yield Fait(retrait.le, "Dossier de consultation téléchargé", f"version {retrait.version}")


def _de_la_reponse(brouillon: BrouillonDeReponse) -> Iterator[Fait]:
    yield Fait(brouillon.commence_le, "Réponse commencée", brouillon.commence_par.nom)
    parties = _parties_recues(brouillon)
    for rang, fichier in enumerate(brouillon.fichiers.all(), start=1):
        taille = tailles.humaniser(fichier.taille)
        yield Fait(fichier.commence_le, f"Fichier {rang} : envoi commencé", taille)
        if fichier.termine_le:
            yield Fait(fichier.termine_le, f"Fichier {rang} : reçu et vérifié", taille, "ok")
        elif fichier.pk in parties:
            recues, derniere = parties[fichier.pk]
            toutes = len(limits.tailles_des_parties(fichier.taille))
            precision = f"{recues} sur {toutes}, l'envoi n'est pas fini"
            yield Fait(derniere, f"Fichier {rang} : dernière partie reçue", precision, "attention")
        if fichier.ecarte_le:
            yield Fait(fichier.ecarte_le, f"Fichier {rang} : retiré de la réponse par l'entreprise")


def _parties_recues(brouillon: BrouillonDeReponse) -> dict[int, tuple[int, datetime]]:
    """De chaque fichier dont l'envoi n'est pas fini, combien de parties, et quand la dernière."""
    parties = PartieRecue.objects.filter(fichier__brouillon=brouillon, fichier__termine_le=None)
    comptees = parties.order_by().values_list("fichier").annotate(Count("pk"), Max("recue_le"))
    return {fichier: (recues, derniere) for fichier, recues, derniere in comptees}


def _des_depots(plis: Sequence[Pli]) -> Iterator[Fait]:
    prefetch_related_objects(plis, "contestations")
    for pli in plis:
        quand = "Hors délai." if pli.hors_delai else "Dans les délais."
        yield Fait(
            pli.recu_le,
            f"Réponse déposée, {pli.reference}",
            quand,
            "attention" if pli.hors_delai else "ok",
        )
        if pli.retire_le:
            yield Fait(
                pli.retire_le, f"Réponse {pli.reference} retirée par l'entreprise", ton="attention"
            )
        for contestation in pli.contestations.all():
            geste = f"Le {contestation.geste} de {pli.reference}"
            yield Fait(contestation.contestee_le, f"{geste} est contesté", ton="attention")
            if contestation.levee_le:
                yield Fait(contestation.levee_le, f"{geste} n'est plus contesté")


def _des_courriels(brouillon: BrouillonDeReponse, plis: Sequence[Pli]) -> Iterator[Fait]:
    for courriel in courriels_de(brouillon, plis):
        yield Fait(
            courriel.ecrit_le, "Courriel écrit", f"{courriel.sujet}, à {courriel.destinataire}"
        )
        if courriel.envoye_le:
            yield Fait(
                courriel.envoye_le, "Courriel pris par son serveur", courriel.destinataire, "ok"
            )
        if courriel.refuse_le:
            yield Fait(courriel.refuse_le, "Courriel refusé", courriel.refus, "danger")


def _des_connexions(traces: Sequence[Trace]) -> Iterator[Fait]:
    """Une ligne par connexion, quel que soit le nombre de pages vues ensuite."""
    dites = {
        (trace.details.get("connexion_ms"), trace.personne)
        for trace in traces
        if trace.nature == Nature.PAGE
    }
    connues = [(le, personne) for millis, personne in dites if (le := heure_du_poste(millis))]
    noms = dict(
        Utilisateur.objects.filter(reference__in=[qui for _, qui in connues]).values_list(
            "reference", "nom"
        )
    )
    for le, personne in sorted(connues):
        yield Fait(le, "Connexion", noms.get(personne, personne))


A_L_INSTANT = timedelta(seconds=10)
TONS = {
    Nature.REPRISE: "attention",
    Nature.REFUS: "danger",
    Nature.ERREUR: "danger",
    Nature.ACQUIS: "ok",
}


def _de_la_trace(trace: Trace) -> Fait:
    if trace.nature == Nature.LIMITES:
        return Fait(trace.le, trace.get_nature_display(), limites_en_phrase(trace.details))
    cause = [f"cause : {trace.cause.replace('_', ' ')}"] if trace.cause else []
    dits = ", ".join(
        [
            *cause,
            *(dit for nom, valeur in sorted(trace.details.items()) if (dit := dire(nom, valeur))),
        ]
    )
    morceaux = (trace.texte, f"({dits})" if dits else "", _heure_du_poste(trace))
    precision = " ".join(morceau for morceau in morceaux if morceau)
    return Fait(
        trace.le,
        trace.get_nature_display(),
        precision,
        TONS.get(Nature(trace.nature), "gris"),
        trace.dite_le,
    )


def _heure_du_poste(trace: Trace) -> str:
    """Dite si le serveur ne l'a su que bien après : il manquait, ou le réseau.

    La page rapporte sinon à trois secondes près.
    """
    if trace.dite_le is None or abs(trace.le - trace.dite_le) <= A_L_INSTANT:
        return ""
    meme_jour = dates.jour(trace.dite_le) == dates.jour(trace.le)
    heure = dates.heure(trace.dite_le)
    return f"Heure du poste : {heure if meme_jour else f'{dates.jour(trace.dite_le)} à {heure}'}."


def dire(nom: str, valeur: int | str) -> str:
    """Un détail, comme une personne le dirait ; rien pour ce qui va de soi."""
    if nom == "connexion_ms":
        return ""
    if nom == "statut":
        return "" if valeur == HTTPStatus.OK else f"réponse {valeur} du serveur"
    if nom in {"taille", "limite"}:
        return f"{nom} {tailles.humaniser(int(valeur))}"
    if nom == "attente_ms":
        return f"attente de {_secondes(valeur)}"
    if nom == "decalage_ms":
        return f"horloge du poste décalée de {_secondes(valeur)}"
    return f"{nom} {valeur}"


def _secondes(millisecondes: int | str) -> str:
    return f"{int(millisecondes) / 1000:.1f} s".replace(".", ",")
