"""What each kind of finding means, in one sentence: programs, containers, clusters (see sentences.py)."""

PROGRAMS = {
    "MaliciousFile": "a malicious file was found on {thing}",
    "SuspiciousFile": "a suspicious file was found on {thing}",
    "MaliciousFileExecuted": "{thing} runs a malicious file",
    "KernelModuleLoaded": "{thing} loaded a module into its kernel",
    "ProcessInjection": "a program on {thing} writes itself into another one",
    "SuspiciousCommand": "a suspicious command ran on {thing}",
    "SuspiciousTool": "a tool that attackers use ran on {thing}",
    "SuspiciousShellCreated": "a suspicious shell was started on {thing}",
    "ReverseShell": "somebody outside has a shell on {thing}",
    "FilelessExecution": "{thing} runs a program from memory alone",
    "NewBinaryExecuted": "{thing} runs a program that came in just now",
    "NewLibraryLoaded": "{thing} loaded a library that came in just now",
    "PtraceAntiDebugging": "a program on {thing} hides from being watched",
    "CGroupsReleaseAgentModified": "a container on {thing} tries to break out",
    "RuncContainerEscape": "a container on {thing} tries to break out",
    "ContainerMountsHostDirectory": "a container on {thing} reads its machine's own files",
    "DockerSocketAccessed": "a program on {thing} reaches for Docker's controls",
    "ElevationToRoot": "somebody became root on {thing}",
    "UserfaultfdUsage": "a program on {thing} tries a trick with its memory to get more rights",
}

_ODDLY = "in an unusual way"
_MOUNT = "a container in {thing} was started with its machine's own files"
_MIGHTY = "a container in {thing} was started with all rights over its machine"

CLUSTERS = {
    "Kubernetes/MaliciousIPCaller": "the Kubernetes API of {thing} is called from {bad}",
    "Kubernetes/TorIPCaller": "the Kubernetes API of {thing} is called from {bad}",
    "Kubernetes/SuccessfulAnonymousAccess": "somebody without a name used the Kubernetes API of {thing}",
    "Kubernetes/AdminAccessToDefaultServiceAccount": "the default account of pods in {thing} was made administrator",
    "Kubernetes/AnonymousAccessGranted": "anyone was let into the Kubernetes API of {thing}",
    "Kubernetes/ExposedDashboard": "the Kubernetes dashboard of {thing} is open to the internet",
    "Kubernetes/KubeflowDashboardExposed": "the Kubeflow dashboard of {thing} is open to the internet",
    "Kubernetes/ContainerWithSensitiveMount": _MOUNT,
    "Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount": _MOUNT,
    "Kubernetes/PrivilegedContainer": _MIGHTY,
    "Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer": _MIGHTY,
    "Kubernetes/AnomalousBehavior.WorkloadDeployed": f"something was started in {{thing}} {_ODDLY}",
    "Kubernetes/ExecInKubeSystemPod": "somebody ran a command inside a system pod of {thing}",
    "Kubernetes/AnomalousBehavior.ExecInPod": f"somebody ran a command inside a pod of {{thing}} {_ODDLY}",
    "Kubernetes/AnomalousBehavior.SecretsAccessed": f"secrets of {{thing}} are read {_ODDLY}",
    "Kubernetes/AnomalousBehavior.PermissionChecked": f"somebody asks what they may do in {{thing}} {_ODDLY}",
    "Kubernetes/AnomalousBehavior.RoleBindingCreated": f"rights were given in {{thing}} {_ODDLY}",
    "Kubernetes/AnomalousBehavior.RoleCreated": f"a role was made in {{thing}} {_ODDLY}",
}
