"""What all that runs on PyTorch has in common: its settings and its update."""
import torch

from specification import ADAM


def prepare(arguments):
    """Sets threads and the treatment of denormals as the options say."""
    torch.set_num_threads(arguments.threads)
    torch.set_num_interop_threads(1)
    if "denormals" in arguments.tune:
        torch.set_flush_denormal(True)


class Update:
    """Gradients of a loss, clipping, Adam; keeps the losses."""

    def __init__(self, parameters):
        self.parameters = list(parameters)
        self.losses = []
        self.optimizer = torch.optim.Adam(self.parameters, lr=ADAM["lr"], betas=(ADAM["beta1"], ADAM["beta2"]),
                                          eps=ADAM["eps"], fused=True)

    def __call__(self, loss):
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, ADAM["clip"], foreach=True)
        self.optimizer.step()
        self.losses.append(loss.item())

    def facts(self):
        """What goes into the line of JSON."""
        return {"parameters": sum(parameter.numel() for parameter in self.parameters), "losses": [round(x, 5) for x in (self.losses[0], self.losses[-1])],
                "version": torch.__version__}
