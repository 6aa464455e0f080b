// The training step of a perceptron in C++ on libtorch: libtorch_step mlp MILLISECONDS prints a line of JSON for each figure. One thread.
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

using Clock = std::chrono::steady_clock;

static double nanoseconds(const std::function<void()>& work, double millis) {
    auto once = [&] {
        auto start = Clock::now();
        work();
        return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    };
    once();
    int count = std::max(1, static_cast<int>(millis * 1e6 / 3 / std::max(1.0, once())));
    for (int i = 0; i < std::min(count, 50); i++) {
        work();
    }
    std::array<double, 3> rounds;
    for (double& round : rounds) {
        auto start = Clock::now();
        for (int i = 0; i < count; i++) {
            work();
        }
        round = std::chrono::duration<double, std::nano>(Clock::now() - start).count() / count;
    }
    std::sort(rounds.begin(), rounds.end());
    return rounds[1];
}

static double step(torch::Dtype type, int depth, int width, int batch, double millis) {
    torch::manual_seed(1);
    torch::nn::Sequential net;
    int inputs = 150;
    for (int l = 0; l < depth; l++) {
        net->push_back(torch::nn::Linear(inputs, width));
        net->push_back(torch::nn::Tanh());
        inputs = width;
    }
    net->push_back(torch::nn::Linear(inputs, 1));
    net->to(type);
    torch::optim::Adam adam(net->parameters(), torch::optim::AdamOptions(0.001));
    auto options = torch::TensorOptions().dtype(type);
    auto x = torch::rand({batch, 150}, options) * 2 - 1;
    auto y = torch::rand({batch, 1}, options) * 2 - 1;
    return nanoseconds([&] {
        adam.zero_grad();
        torch::mse_loss(net->forward(x), y).backward();
        adam.step();
    }, millis);
}

int main(int argc, char** argv) {
    if (argc < 3 || std::string(argv[1]) != "mlp") {
        return 0;
    }
    torch::set_num_threads(1);
    for (auto type : {torch::kFloat64, torch::kFloat32}) {
        for (int depth : {2, 3, 4}) {
            for (int width : {32, 64, 128}) {
                for (int batch : {8, 16, 32}) {
                    std::printf("{\"suite\": \"mlp\", \"row\": \"%s %d %d %d\", \"series\": \"libtorch\", \"value\": %.1f}\n",
                            type == torch::kFloat64 ? "F64" : "F32", depth, width, batch,
                            step(type, depth, width, batch, std::stod(argv[2])));
                    std::fflush(stdout);
                }
            }
        }
    }
}
